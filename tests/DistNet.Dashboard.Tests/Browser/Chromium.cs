using Microsoft.Playwright;

namespace DistNet.Dashboard.Tests;

/// <summary>Debian's Chromium, started once for all tests of a class; not at all where it is missing.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>It opens nothing of its own accord: every request that is seen is the page's.</summary>
    private static readonly string[] Quiet =
        ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string Program => Environment.GetEnvironmentVariable("DISTNET_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium";

    public static void Require()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the cluster's processes are found as Linux lists them");
        Skip.IfNot(File.Exists(Program), $"no browser at {Program}: apt-get install chromium, or set DISTNET_CHROMIUM");
    }

    public async Task InitializeAsync()
    {
        if (File.Exists(Program))
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = Quiet });
        }
    }

    /// <summary>A window with a profile of its own.</summary>
    /// <param name="address">What it shows.</param>
    /// <param name="colours">What its user prefers.</param>
    /// <param name="width">In CSS pixels.</param>
    internal async Task<Tab> OpenAsync(string address, ColorScheme colours = ColorScheme.Light, int width = 1280)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = colours,
            ViewportSize = new ViewportSize { Width = width, Height = 1040 },
        });
        var tab = new Tab(context, await context.NewPageAsync());
        await tab.Page.GotoAsync(address);
        return tab;
    }

    public async Task DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? default);
        _playwright?.Dispose();
    }
}
