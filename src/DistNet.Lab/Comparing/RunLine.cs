using static System.FormattableString;

namespace DistNet.Lab;

/// <summary>A compared run in one line.</summary>
internal static class RunLine
{
    public static string Of(ComparedRun run) => Invariant($"{run.Rule}, seed {run.Seed}: {Outcome(run)}");

    private static string Outcome(ComparedRun run) => run.Outcome switch
    {
        RunOutcome.Diverged => Invariant($"diverged at version {run.Version}: {run.Failure}"),
        RunOutcome.Failed => Invariant($"failed at version {run.Version}: {run.Failure}"),
        RunOutcome.Stopped => Invariant($"stopped at version {run.Version}"),
        _ => Invariant($"train loss {run.TrainLoss:0.0000}{Accuracy(run)}, {run.Seconds:0.0} s"),
    };

    private static string Accuracy(ComparedRun run) => run.TestAccuracy is { } accuracy ? Invariant($", accuracy {100 * accuracy:0.00} %") : "";
}
