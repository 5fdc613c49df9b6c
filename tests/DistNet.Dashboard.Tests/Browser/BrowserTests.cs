using System.Diagnostics;
using DistNet.Cluster;
using DistNet.Reporting;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace DistNet.Dashboard.Tests;

/// <summary>The page of real runs in a real browser.</summary>
public sealed class BrowserTests(Chromium chromium, ITestOutputHelper output) : IClassFixture<Chromium>, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = DashboardServer.Reserve(new ClusterAddress("127.0.0.1", 0)).Port;

    private string Address => $"http://127.0.0.1:{_port}/";

    [SkippableFact]
    public async Task The_loss_of_a_run_falls_for_several_viewers_and_over_a_reload()
    {
        Chromium.Require();
        string[] train = ["train", "--workers", "2", "--mode", "asp", "--optimizer", "sgd", "--lr", "0.0005", "--epochs", "1000000", "--out", "run", "--dashboard", $"{_port}"];
        using var training = CommandProcess.Start(_folder.Path, train, awaited: "epoch 1/");
        await training.SeenAsync();
        await using var tab = await chromium.OpenAsync(Address);
        await using var dark = await chromium.OpenAsync(Address, ColorScheme.Dark, width: 400);

        var first = await tab.LossAsync();
        await tab.SeeLossBelowAsync(0.9 * first);
        await dark.SeeLossBelowAsync(0.9 * first);
        var second = await tab.LossAsync();
        await tab.Page.ReloadAsync();
        await tab.SeeLossBelowAsync(second);

        foreach (var part in new[] { "#loss .chart > svg", "#rate .chart > svg", "#staleness .chart > svg", "#work .chart > svg", "tr[data-node=worker-1]", "#config dt:has-text('learningRate'), #config dt:has-text('lr')" })
        {
            await tab.SeeAsync(part);
        }

        (await tab.Page.TitleAsync()).ShouldContain("running – digits");
        (await dark.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue("a narrow page needs no scrolling to the side");
        ShouldBeClean(tab);
        ShouldBeClean(dark);
        await dark.PictureAsync("dashboard-narrow.png", whole: true);
        await ReportPictureAsync();
    }

    /// <summary>All in one cluster, because a start takes seconds: its life as the page tells it.</summary>
    [SkippableFact]
    public async Task A_killed_worker_turns_red_a_server_is_waited_for_and_the_page_outlives_the_coordinator()
    {
        Chromium.Require();
        string[] up =
        [
            "up", "--workers", "2", "--mode", "ssp:2", "--lanes", "4", "--optimizer", "sgd", "--lr", "0.002", "--epochs", "50000", "--eval-every", "5",
            "--dir", "nodes", "--out", "run", "--dashboard", $"{_port}",
        ];
        using var cluster = CommandProcess.Start(_folder.Path, up, awaited: "epoch 10/");
        await cluster.SeenAsync();
        await using var tab = await chromium.OpenAsync(Address);
        await tab.SeeAsync("tr.good[data-node=worker-1]");
        await PicturesAsync(tab);

        var watch = Stopwatch.StartNew();
        Kill("worker-1", Signals.Kill);
        await tab.SeeAsync("tr.lost[data-node=worker-1]", limit: 2000);
        output.WriteLine($"red after {watch.ElapsedMilliseconds} ms");
        await tab.PictureAsync("dashboard-lost.png");
        await tab.SeeAsync("tr.good[data-node=worker-1] .mark:has-text('was lost')");

        Kill("server-0", Signals.Stop);
        await tab.SeeAsync("#head .waiting:has-text('server-0')");
        await tab.SeeAsync("tr.good[data-node=server-0] .mark:has-text('was lost')");
        ShouldBeClean(tab);

        Kill("coordinator", Signals.Kill);
        await tab.SeeAsync("#connection:has-text('No connection since')");
        await tab.SeeAsync("#connection:has-text('Connected again at')");
        await tab.SeeAsync("#head .badge:has-text('running')");
        await tab.SeeAsync("#accuracy .chart > svg");
        tab.Requests.ShouldAllBe(url => url.StartsWith(Address));
    }

    public void Dispose()
    {
        foreach (var orphan in ProcessTable.With(_folder.In("nodes")))
        {
            Signals.Send(orphan, Signals.Kill);
        }

        _folder.Dispose();
    }

    private void ShouldBeClean(Tab tab)
    {
        tab.Errors.ShouldBeEmpty();
        tab.Requests.ShouldNotBeEmpty();
        tab.Requests.ShouldAllBe(url => url.StartsWith(Address));
    }

    /// <summary>For the README: the report of a finished run.</summary>
    private async Task ReportPictureAsync()
    {
        if (Tab.Pictures is not null)
        {
            string[] train = ["train", "--workers", "2", "--lanes", "4", "--mode", "asp", "--optimizer", "sgd", "--epochs", "20", "--out", "made"];
            (await CommandProcess.RunAsync(_folder.Path, train)).ExitCode.ShouldBe(0);
            await using var report = await chromium.OpenAsync($"file://{_folder.In("made/report.html")}");
            await report.PictureAsync("report.png");
        }
    }

    /// <summary>For the README, when there is something to see.</summary>
    private async Task PicturesAsync(Tab tab)
    {
        if (Tab.Pictures is not null)
        {
            await tab.SeeLossBelowAsync(0.9);
            await tab.PictureAsync("dashboard.png");
            await using var dark = await chromium.OpenAsync(Address, ColorScheme.Dark);
            await dark.SeeAsync("tr.good[data-node=worker-1]");
            await dark.PictureAsync("dashboard-dark.png");
        }
    }

    private void Kill(string node, int signal) =>
        Signals.Send(ProcessTable.With(_folder.In($"nodes/{node}")).ShouldHaveSingleItem(), signal).ShouldBeTrue();
}
