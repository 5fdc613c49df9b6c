using DistNet.Hosting;
using DistNet.Lab;
using Spectre.Console.Advanced;

namespace DistNet.Cli.Tests;

public sealed class LiveViewTests
{
    [Theory]
    [InlineData(80, 24)]
    [InlineData(80, 7)]
    [InlineData(50, 14)]
    [InlineData(40, 3)]
    [InlineData(30, 1)]
    [InlineData(200, 60)]
    public void A_run_fits_any_terminal_and_its_bar_is_never_left_out(int width, int height)
    {
        foreach (var view in new[] { WorkersAtWork(), NodesAtWork() })
        {
            var rows = Draw(view, width, height);

            rows.Length.ShouldBeLessThanOrEqualTo(height);
            rows.ShouldAllBe(row => row.Length <= width);
            rows[^1].ShouldContain("50 %");
        }
    }

    [Fact]
    public void Epochs_and_workers_are_shown_as_they_are()
    {
        var text = string.Join('\n', Draw(WorkersAtWork(), 80, 24));

        text.ShouldContain("20/40");
        text.ShouldContain("87.50 %");
        text.ShouldContain("worker [0]");
        text.ShouldContain("and 33 more");
        text.ShouldContain("step 20/40");
    }

    [Fact]
    public void A_lost_node_is_among_those_shown_where_there_is_not_room_for_all()
    {
        var rows = Draw(NodesAtWork(), 80, 12);

        rows.ShouldContain(row => row.StartsWith("worker-39", StringComparison.Ordinal) && row.Contains("lost", StringComparison.Ordinal));
        rows.ShouldContain(row => row.StartsWith("and ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(45, 6)]
    [InlineData(20, 1)]
    public async Task A_comparison_fits_any_terminal_and_counts_its_runs(int width, int height)
    {
        var options = new ComparisonOptions { Rules = ["sync", "asp"], Training = new TrainingOptions(), Folder = "compared", Seeds = 2 };
        var view = new LiveComparison(options);
        var experiment = view.Watched(new InProcessExperiment((_, progress, _) =>
        {
            progress.Step(new(1, 2, 50, 100, 1));
            return Task.FromResult(CommandRunner.Result());
        }));
        await experiment.RunAsync(options.Runs.First().Options, Unwatched.Instance, CancellationToken.None);

        var rows = Draw(view, width, height);

        rows.Length.ShouldBeLessThanOrEqualTo(height);
        rows.ShouldAllBe(row => row.Length <= width);
        rows[^1].ShouldContain("50 %");
        rows.Any(row => row.StartsWith("sync", StringComparison.Ordinal) && row.Contains("1/2", StringComparison.Ordinal)).ShouldBe(height > 1);
    }

    [Fact]
    public void Lines_are_said_once_above_the_picture_and_again_on_a_screen_of_another_size()
    {
        var terminal = new SizedTerminal(80, 24);
        var view = WorkersAtWork();
        var screen = new LiveScreen(terminal.Console, view);
        view.Notice("a notice");

        screen.Draw();
        terminal.Taken().ShouldContain("distnet: a notice");
        screen.Draw();
        var again = terminal.Taken();
        terminal.Width = 60;
        screen.Draw();
        var resized = terminal.Taken();

        again.ShouldNotContain("a notice");
        again.ShouldStartWith("\r\e[");
        resized.ShouldStartWith("\e[2J\e[H");
        resized.ShouldContain("distnet: a notice");
    }

    [Fact]
    public async Task What_is_said_on_stderr_meanwhile_stands_above_the_picture()
    {
        var writer = new StringWriter();
        var host = new CommandRunner().Host with { Error = writer };

        await host.DrawAsync(WorkersAtWork(), () =>
        {
            host.Complain("stopping");
            return Task.FromResult(0);
        });

        writer.ToString().ShouldContain("distnet: stopping");
        host.Complain("after");
        writer.ToString().ShouldEndWith("distnet: after\n");
    }

    [Theory]
    [InlineData(true, "", "", true)]
    [InlineData(false, "", "", false)]
    [InlineData(true, "1", "", false)]
    [InlineData(true, "", "dumb", false)]
    public void A_live_view_is_drawn_on_a_terminal_that_obeys_where_nobody_wants_plain_lines(bool isTerminal, string noColor, string term, bool draws) =>
        (new CommandRunner().Host with { IsTerminal = isTerminal, Environment = [new("NO_COLOR", noColor), new("TERM", term)] }).CanDraw.ShouldBe(draws);

    private static string[] Draw(ILiveView view, int width, int height) =>
        PlainText(new SizedTerminal(width, height).Console.ToAnsi(view.Draw(width, height)));

    private static string[] PlainText(string text) =>
        [.. System.Text.RegularExpressions.Regex.Replace(text, "\e\\[[0-9;]*[A-Za-z]", "").TrimEnd('\n').Split('\n').Select(row => row.TrimEnd())];

    /// <summary>Half of 40 epochs done.</summary>
    private static LiveProgress WorkersAtWork()
    {
        var view = new LiveProgress(1);
        view.Step(new(1, 40, 25, 1000, 1));
        view.Step(new(20, 40, 500, 1000, 1));
        for (var epoch = 1; epoch <= 20; epoch++)
        {
            view.Epoch(new(epoch, 40, epoch, 0.5, 0.25, 0.875, 1000, [.. Enumerable.Range(0, 42).Select(i => new WorkerReport($"worker [{i}]", $"{i}", 500, "computing"))]));
        }

        return view;
    }

    private static LiveProgress NodesAtWork()
    {
        var view = WorkersAtWork();
        view.Nodes([.. Enumerable.Range(0, 40).Select(i => new NodeReport($"worker-{i}", 1000 + i, i == 39 ? "lost" : "computing", 20, $"{i}"))]);
        return view;
    }
}
