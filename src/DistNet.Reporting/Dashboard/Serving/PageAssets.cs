using Microsoft.AspNetCore.Http;

namespace DistNet.Reporting;

/// <summary>What the page consists of beside itself, and what keeps it from asking for anything else.</summary>
internal static class PageAssets
{
    /// <summary>Everything from here; no script, style or picture within the page but what comes as such from here; in no frame.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Dictionary<string, (string Type, string Text)> All = new()
    {
        ["/dashboard.js"] = ("text/javascript", StyleSheet.Read("dashboard.js")),
        ["/dashboard.css"] = ("text/css", ChartStyles.Css + StyleSheet.Read("dashboard.css")),
        ["/icon.svg"] = ("image/svg+xml", StyleSheet.Read("icon.svg")),
    };

    public static (string Type, string Text)? Find(string path) => All.TryGetValue(path, out var asset) ? asset : null;

    public static string TypeOf(string type) => $"{type}; charset=utf-8";

    /// <summary>For every answer.</summary>
    public static void Guard(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    public static Task WriteAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = TypeOf(type);
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(text, context.RequestAborted);
    }
}
