using System.Net;
using System.Text.RegularExpressions;
using DistNet.Reporting;

namespace DistNet.Dashboard.Tests;

public sealed class PageTests
{
    [Fact]
    public async Task It_shows_the_run_as_it_is_without_a_script()
    {
        await using var page = await ServedPage.StartAsync();
        page.Run.Step(Told.Step(1, 2.5));
        page.Run.Step(Told.Step(2, 1.25));
        page.Run.Observed(default, Told.Envelope(Told.Advanced(2, 0, 3)));
        page.Run.Observed(TimeSpan.FromSeconds(1), Told.Unit(0, 1, 0.4, 0.2, 1));
        page.Run.Epoch(Told.Epoch(1, 2, 1.25, 0.875));
        page.Run.Notice("worker-1 is late");

        var html = await page.Client.GetStringAsync("/");

        foreach (var text in new[] { "<!DOCTYPE html>", "digits, 64-64-10", "1.25", "87.5", "worker-0", "worker-1 is late", "learningRate", "Staleness of gradients" })
        {
            html.ShouldContain(text == "learningRate" ? ">lr<" : text);
        }
    }

    [Fact]
    public async Task Text_from_outside_is_text()
    {
        const string evil = "<script>alert(1)</script><img src=x onerror=alert(2)>";
        await using var page = await ServedPage.StartAsync(data: evil);
        page.Run.Notice(evil);
        page.Model.Saw(Told.Cluster(evil, Told.Node(evil, "computing", reason: evil)));

        var html = await page.Client.GetStringAsync("/");

        html.ShouldNotContain("<script>alert");
        html.ShouldNotContain("<img");
        html.ShouldContain("&lt;script&gt;alert(1)");
    }

    [Fact]
    public async Task A_lost_node_and_whom_the_run_waits_for_are_seen()
    {
        await using var page = await ServedPage.StartAsync();
        page.Model.Saw(Told.Cluster(null, Told.Node("worker-3", "computing")));
        page.Model.Saw(Told.Cluster("worker-3 (pid 7, alpha)", Told.Node("worker-3", "lost", reason: "it was silent")));

        var html = await page.Client.GetStringAsync("/");

        html.ShouldContain("waiting for worker-3 (pid 7, alpha)");
        html.ShouldContain("<tr class=\"lost\" data-node=\"worker-3\">");
        html.ShouldContain("it was silent");
        html.ShouldContain("<span class=\"badge waits\">waiting</span>");
    }

    [Fact]
    public async Task Of_many_nodes_those_in_trouble_are_seen_first_and_the_rest_is_counted()
    {
        await using var page = await ServedPage.StartAsync();
        page.Model.Saw(Told.Cluster(null, [
            .. Enumerable.Range(0, 98).Select(i => Told.Node($"worker-{i}", "computing")), Told.Node("worker-98", "unfit", reason: "too old"), Told.Node("worker-99", "lost")]));

        var html = await page.Client.GetStringAsync("/");

        Regex.Matches(html, "data-node=\"([^\"]*)\"").Select(match => match.Groups[1].Value)
            .ShouldBe(["worker-99", "worker-98", .. Enumerable.Range(0, 62).Select(i => $"worker-{i}")]);
        html.ShouldContain("and 36 more");
    }

    [Fact]
    public async Task A_tail_that_is_cut_off_is_told()
    {
        await using var page = await ServedPage.StartAsync();
        page.Run.Observed(default, Told.Envelope(Told.Advanced(1, [.. Enumerable.Repeat(1L, 999), 90])));

        (await page.Client.GetStringAsync("/")).ShouldContain("is beyond, up to 90");
    }

    [Fact]
    public async Task There_is_nothing_else()
    {
        await using var page = await ServedPage.StartAsync();

        foreach (var path in new[] { "/nowhere", "/api/status", "/dashboard.js/..%2fdashboard.css", "/../etc/passwd" })
        {
            using var answer = await page.AskAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    /// <summary>The page works with little of our own, and its style has no inline parts that its policy would refuse.</summary>
    [Fact]
    public async Task The_script_has_fewer_than_fifty_lines_and_nothing_names_another_host()
    {
        await using var page = await ServedPage.StartAsync();
        page.Run.Step(Told.Step(1, 2));
        page.Run.Step(Told.Step(2, 1));

        var script = await page.Client.GetStringAsync("/dashboard.js");
        var others = await page.Client.GetStringAsync("/dashboard.css") + await page.Client.GetStringAsync("/");

        script.Split('\n').Length.ShouldBeLessThan(50);
        foreach (var text in new[] { script, others })
        {
            text.ShouldNotContain("://");
            text.ShouldNotContain("style=");
            text.ShouldNotContain("url(");
        }
    }

    [Fact]
    public async Task Before_there_is_a_run_it_says_so()
    {
        var model = new DashboardModel("distnet node");
        await using var server = await DashboardServer.StartAsync(DashboardOptions.Read("0", null), model);
        model.Saw(Told.Cluster(null, Told.Node("coordinator", "idle")) with { Run = null });
        using var client = new HttpClient { BaseAddress = new Uri($"http://{server.Address}/") };

        var html = await client.GetStringAsync("/");

        html.ShouldContain("no run yet");
        html.ShouldContain("cluster at 127.0.0.1:7070");
    }
}
