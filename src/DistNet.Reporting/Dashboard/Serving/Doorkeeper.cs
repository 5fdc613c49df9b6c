using System.Net;
using System.Security.Cryptography;
using System.Text;
using DistNet.Cluster;
using Microsoft.AspNetCore.Http;

namespace DistNet.Reporting;

/// <summary>
/// Who may look. Without a token those of this machine, by a name that is this machine's own: a page from elsewhere whose name is made to lead here
/// (DNS rebinding) asks for another. With a token whoever shows it, as a bearer token, once as <c>?token=</c>, or by the cookie that this earns.
/// </summary>
internal sealed class Doorkeeper(JoinToken? token, ClusterAddress listen)
{
    private const string Scheme = "Bearer ";
    private const string Parameter = "token";

    /// <summary>The cookie does not hold the token itself; both say the same, so that it outlives the process.</summary>
    private readonly JoinToken? _pass = token is null ? null : new(PassOf(token));

    /// <summary>Answers what is not to go further; true when it has.</summary>
    public async Task<bool> TurnsAwayAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.Headers.Allow = "GET, HEAD";
            await AnswerAsync(context, HttpStatusCode.MethodNotAllowed, "This page is for looking only.").ConfigureAwait(false);
            return true;
        }

        if (token is null)
        {
            return !IsOwnName(request.Host.Host) && await AnswerAsync(context, HttpStatusCode.MisdirectedRequest, $"Ask for http://{listen}/.").ConfigureAwait(false);
        }

        if (request.Query.TryGetValue(Parameter, out var given) && token.Admits(given.ToString()))
        {
            LogIn(context);
            return true;
        }

        if (HasToken(request))
        {
            return false;
        }

        response.Headers.WWWAuthenticate = "Bearer";
        return await AnswerAsync(context, HttpStatusCode.Unauthorized, "This page needs its token: ask once for /?token=TOKEN, or send Authorization: Bearer TOKEN.").ConfigureAwait(false);
    }

    private static string PassOf(JoinToken token) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token.Text), "distnet dashboard"u8));

    /// <summary>Names that nobody can give another meaning: addresses of loopback, and what this page was told to listen on.</summary>
    private bool IsOwnName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.Equals(listen.Host, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private bool HasToken(HttpRequest request) =>
        (request.Headers.Authorization.ToString() is var given && given.StartsWith(Scheme, StringComparison.Ordinal) && token!.Admits(given[Scheme.Length..]))
        || (request.Cookies.TryGetValue(CookieOf(request), out var pass) && _pass!.Admits(pass));

    /// <summary>The address without the token takes the place of the one with it.</summary>
    private void LogIn(HttpContext context)
    {
        context.Response.Cookies.Append(CookieOf(context.Request), _pass!.Text, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
        context.Response.StatusCode = (int)HttpStatusCode.SeeOther;
        context.Response.Headers.Location = "./";
    }

    /// <summary>Cookies are one for all ports of a host.</summary>
    private static string CookieOf(HttpRequest request) => FormattableString.Invariant($"distnet-dashboard-{request.Host.Port ?? 80}");

    private static async Task<bool> AnswerAsync(HttpContext context, HttpStatusCode code, string text)
    {
        context.Response.StatusCode = (int)code;
        context.Response.ContentType = "text/plain; charset=utf-8";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.WriteAsync(text + "\n").ConfigureAwait(false);
        }

        return true;
    }
}
