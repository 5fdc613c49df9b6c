using System.Globalization;
using Microsoft.Playwright;

namespace DistNet.Dashboard.Tests;

/// <summary>A page in a browser, and everything it complained of or asked for.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private const float Deadline = 30_000;

    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];
    private readonly List<string> _requests = [];

    public Tab(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout(Deadline);
        page.Console += (_, message) => Add(message.Type is "error" or "warning", _errors, message.Text);
        page.PageError += (_, error) => Add(true, _errors, error);
        context.Request += (_, request) => Add(true, _requests, request.Url);
    }

    /// <summary>The folder for pictures; null: none are asked for.</summary>
    public static string? Pictures { get; } = Environment.GetEnvironmentVariable("DISTNET_SCREENSHOTS") is { Length: > 0 } folder ? folder : null;

    public IPage Page { get; }

    /// <summary>What went to the console as an error or a warning.</summary>
    public IReadOnlyList<string> Errors => Copy(_errors);

    public IReadOnlyList<string> Requests => Copy(_requests);

    /// <summary>The loss at the top of the page; NaN where there is none yet.</summary>
    public async Task<double> LossAsync() =>
        double.TryParse(await Tile("train loss").InnerTextAsync(), CultureInfo.InvariantCulture, out var loss) ? loss : double.NaN;

    /// <summary>The value above a name at the top of the page.</summary>
    public ILocator Tile(string name) => Page.Locator($"#head .tiles li:has(span:has-text('{name}')) b");

    /// <summary>Waits until the page shows something, without a reload.</summary>
    /// <param name="selector">What.</param>
    /// <param name="limit">Milliseconds.</param>
    public Task SeeAsync(string selector, float limit = Deadline) =>
        Page.Locator(selector).First.WaitForAsync(new LocatorWaitForOptions { Timeout = limit });

    /// <summary>Waits until the first number at the top of the page, the loss, is below a value.</summary>
    public Task SeeLossBelowAsync(double value) => Page.WaitForFunctionAsync(
        "limit => parseFloat(document.querySelector('#head .tiles b')?.textContent) < limit", value, new PageWaitForFunctionOptions { Timeout = Deadline });

    /// <summary>A picture, where pictures are asked for; else nothing.</summary>
    /// <param name="name">Of its file.</param>
    /// <param name="whole">The whole page, not only what a window shows.</param>
    public async Task PictureAsync(string name, bool whole = false)
    {
        if (Pictures is not null)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, name), FullPage = whole });
        }
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private static void Add(bool counts, List<string> to, string text)
    {
        if (counts)
        {
            lock (to)
            {
                to.Add(text);
            }
        }
    }

    private static List<string> Copy(List<string> from)
    {
        lock (from)
        {
            return [.. from];
        }
    }
}
