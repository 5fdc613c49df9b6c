using DistNet.Hosting;

namespace DistNet.Cli.Tests;

public sealed class AsynchronyTextTests
{
    private static readonly WaitingReport[] Waiting =
    [
        new("worker-0", 10, 6, 2, [new("worker-2", 1.5), new(WaitingCause.Other, 0.5)]),
        new("worker-1", 10, 6, 2, [new(WaitingCause.Other, 1), new("worker-2", 0.5), new("worker-0", 0.5)]),
    ];

    [Fact]
    public void An_asynchronous_run_ends_with_its_staleness_and_who_was_waited_for() => TextOf(CommandRunner.Result() with
    {
        Staleness = new StalenessReport(3, 9, []),
        ImplicitMomentum = 0.75,
        Drift = new(0.0125, 0.5, 7),
        Curvature = 3.21,
        StableLearningRate = 0.0651,
        Waiting = Waiting,
    }).ShouldBe(
        """
        staleness      mean 3.00, at most 9; acts like momentum 0.75; weights moved 0.0125 meanwhile
        stability      curvature 3.21; at this staleness learning rates below 0.0651 are stable
        waiting        25.0 % of the workers' time, 50 % of that for worker-2

        """);

    [Fact]
    public void Where_nothing_is_stale_and_one_works_alone_there_is_nothing_to_tell() =>
        TextOf(CommandRunner.Result() with { Waiting = Waiting[..1] }).ShouldBeEmpty();

    private static string TextOf(TrainingResult result)
    {
        var writer = new StringWriter();
        AsynchronyText.Write(writer, result);
        return writer.ToString();
    }
}
