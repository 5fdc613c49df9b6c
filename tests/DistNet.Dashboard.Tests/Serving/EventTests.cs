namespace DistNet.Dashboard.Tests;

public sealed class EventTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

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
        page.Model.Saw(Told.Cluster(null, Told.Node("worker-0", "computing")));
        page.Model.Saw(Told.Cluster(null, Told.Node("worker-0", "lost")));

        // The drawing that somebody asks for is at most the second: one may have been under way.
        await page.Client.GetStringAsync("/");
        page.Server.Painter.Drawings.ShouldBeInRange(before + 1, before + 2);
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
