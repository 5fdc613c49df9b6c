using System.Net;
using System.Net.Http.Headers;

namespace DistNet.Dashboard.Tests;

/// <summary>Who may look, and what for.</summary>
public sealed class AdmissionTests
{
    private const string Token = "a secret of some length";

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Nobody_can_do_anything_but_look(string method)
    {
        await using var page = await ServedPage.StartAsync();

        using var answer = await page.AskAsync("/", request => request.Method = new HttpMethod(method));

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.ShouldBe(["GET", "HEAD"]);
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/dashboard.css", "text/css")]
    public async Task Head_says_the_same_without_a_body(string path, string type)
    {
        await using var page = await ServedPage.StartAsync();

        using var answer = await page.AskAsync(path, request => request.Method = HttpMethod.Head);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    /// <summary>A page of another site whose name is made to lead to this machine would ask so.</summary>
    [Theory]
    [InlineData("evil.example", false)]
    [InlineData("evil.example:7080", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("localhost:9000", true)]
    [InlineData("127.0.0.1:9000", true)]
    [InlineData("[::1]:9000", true)]
    public async Task On_loopback_only_this_machines_own_names_are_answered(string host, bool isAnswered)
    {
        await using var page = await ServedPage.StartAsync();

        foreach (var path in new[] { "/", "/events", "/dashboard.js" })
        {
            using var answer = await page.AskAsync(path, request => request.Headers.Host = host);
            answer.StatusCode.ShouldBe(isAnswered ? HttpStatusCode.OK : HttpStatusCode.MisdirectedRequest, path);
        }
    }

    [Fact]
    public async Task Every_answer_says_that_nothing_is_to_be_fetched_from_elsewhere()
    {
        await using var page = await ServedPage.StartAsync(Token);

        foreach (var path in new[] { "/", "/nowhere" })
        {
            using var answer = await page.AskAsync(path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
            policy.ShouldStartWith("default-src 'none'; script-src 'self'; style-src 'self';");
            policy.ShouldNotContain("unsafe");
            answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
            answer.Headers.Server.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task With_a_token_nothing_is_shown_without_it()
    {
        await using var page = await ServedPage.StartAsync(Token);

        foreach (var path in new[] { "/", "/events", "/dashboard.js", "/?token=guess", "/?token=" })
        {
            using var answer = await page.AskAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("digits");
        }

        using var wrong = await page.AskAsync("/", request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token + "x"));
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_bearer_token_lets_in_under_any_name()
    {
        await using var page = await ServedPage.StartAsync(Token);

        using var answer = await page.AskAsync("/", request =>
        {
            request.Headers.Host = "trainer.example";
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>The token leaves the address bar at once, and the cookie that is earned is neither readable by scripts nor the token.</summary>
    [Fact]
    public async Task A_token_in_the_address_is_changed_for_a_cookie()
    {
        await using var page = await ServedPage.StartAsync(Token);

        using var login = await page.AskAsync($"/?token={Uri.EscapeDataString(Token)}");

        login.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        login.Headers.Location!.ToString().ShouldBe("./");
        var cookie = login.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        cookie.ShouldNotContain(Token);
        using var answer = await page.AskAsync("/");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("digits");
    }

    /// <summary>Who has logged in stays so when the coordinator is started again.</summary>
    [Fact]
    public async Task A_cookie_outlives_the_process_and_fits_one_token_only()
    {
        string cookie;
        await using (var before = await ServedPage.StartAsync(Token))
        {
            using var login = await before.AskAsync($"/?token={Uri.EscapeDataString(Token)}");
            cookie = login.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=')[1];
        }

        (await StatusAsync(Token)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("another token")).ShouldBe(HttpStatusCode.Unauthorized);

        async Task<HttpStatusCode> StatusAsync(string token)
        {
            await using var page = await ServedPage.StartAsync(token);
            using var answer = await page.AskAsync("/", request => request.Headers.Add("Cookie", $"distnet-dashboard-{page.Server.Address.Port}={cookie}"));
            return answer.StatusCode;
        }
    }
}
