using System.Diagnostics;

namespace DistNet.Dashboard.Tests;

public sealed class EventTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Long enough for several drawings, were somebody looking.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(1.2);

    [Fact]
    public async Task A_viewer_is_sent_everything_at_first_and_then_what_changes()
    {
        await using var page = await ServedPage.StartAsync();
        using var viewer = await page.LookAsync();
        await viewer.UntilAsync("config", ">lr<");

        page.Run.Step(Told.Step(7, 0.625));
        await viewer.UntilAsync("head", "0.625");
        page.Run.Step(Told.Step(8, 0.5));
        await viewer.UntilAsync("loss", "<svg");

        viewer.Parts.Count.ShouldBeGreaterThanOrEqualTo(11);
        (viewer.Sent["config"], viewer.Sent["accuracy"]).ShouldBe((1, 1), "nothing of them has changed");
    }

    /// <summary>Names that are there twice are no run's; here they stand for whatever cannot be drawn.</summary>
    [Fact]
    public async Task What_was_drawn_beside_a_part_that_failed_is_sent_when_it_fails_no_more()
    {
        await using var page = await ServedPage.StartAsync();
        using var viewer = await page.LookAsync();
        await viewer.UntilAsync("config", ">lr<");
        var epoch = Told.Epoch(1, 2, 1.25, 0.875);
        page.Run.Epoch(epoch with { Workers = [.. epoch.Workers!, .. epoch.Workers!] });
        await viewer.UntilAsync("head", "cannot be drawn");

        page.Model.Saw(Told.Cluster(null, Told.Node("worker-0", "computing")));

        await viewer.UntilAsync("accuracy", "87.5");
        await viewer.UntilAsync("head", "87.5");
        viewer.Parts["head"].ShouldNotContain("cannot be drawn");
    }

    [Fact]
    public async Task Several_viewers_see_the_same_and_one_that_leaves_disturbs_nobody()
    {
        await using var page = await ServedPage.StartAsync();
        using var first = await page.LookAsync();
        using var second = await page.LookAsync();
        using (await page.LookAsync())
        {
            page.Run.Notice("one");
            await first.UntilAsync("notices", "one");
        }

        page.Run.Notice("two");

        await first.UntilAsync("notices", "two");
        await second.UntilAsync("notices", "two");
        second.Parts["notices"].ShouldBe(first.Parts["notices"]);
    }

    /// <summary>A run pays for drawings only while somebody looks.</summary>
    [Fact]
    public async Task Nothing_is_drawn_while_nobody_looks()
    {
        await using var page = await ServedPage.StartAsync();
        using (var viewer = await page.LookAsync())
        {
            await viewer.UntilAsync("head", "running");
        }

        await Eventually.TrueAsync(() => !page.Server.Painter.Board.IsWanted, Deadline, "the server to see that the viewer has left");
        var before = page.Server.Painter.Drawings;
        var (watch, isLost) = (Stopwatch.StartNew(), false);
        await Eventually.TrueAsync(
            () =>
            {
                page.Model.Saw(Told.Cluster(null, Told.Node("worker-0", (isLost = !isLost) ? "lost" : "computing")));
                return watch.Elapsed > Busy;
            },
            Deadline,
            "a busy while to pass");

        // One may have been under way when the viewer left.
        page.Server.Painter.Drawings.ShouldBeInRange(before, before + 1);
    }

    [Fact]
    public async Task Asking_for_the_page_again_and_again_draws_it_no_more_often()
    {
        await using var page = await ServedPage.StartAsync();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 200; i++)
        {
            await page.Client.GetStringAsync("/");
        }

        ((double)page.Server.Painter.Drawings).ShouldBeLessThan(3 + (watch.Elapsed.TotalSeconds / 0.25));
    }

    [Fact]
    public async Task Where_nothing_happens_a_beat_says_that_the_page_is_alive()
    {
        await using var page = await ServedPage.StartAsync();
        using var viewer = await page.LookAsync();

        while (await viewer.NextAsync() is not "beat")
        {
        }

        viewer.Sent.Values.ShouldAllBe(times => times == 1);
    }

    [Fact]
    public async Task The_end_of_a_run_is_shown_before_its_process_ends()
    {
        var page = await ServedPage.StartAsync();
        using var viewer = await page.LookAsync();
        await viewer.UntilAsync("head", "running");

        page.Model.RunEnds("server-0 cannot read its cut", null);
        await page.DisposeAsync();

        await viewer.UntilAsync("head", "server-0 cannot read its cut");
        while (await viewer.NextAsync() is not null)
        {
        }
    }
}
