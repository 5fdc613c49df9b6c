using System.Security.Cryptography;
using System.Text;
using DistNet.Hosting;

namespace DistNet.Lab;

/// <summary>From what a run told to its line in a comparison.</summary>
/// <param name="targetLoss">The train loss whose first time is looked for; null: none.</param>
/// <param name="verb">The verb that makes such a run alone.</param>
internal sealed class RunJudgement(double? targetLoss, string verb)
{
    public ComparedRun Of(string rule, TrainingOptions options, RunRecorder recorder, TrainingResult result)
    {
        var isFinite = double.IsFinite(result.TrainLoss) && double.IsFinite(result.TestLoss ?? 0);
        return Begin(rule, options, recorder) with
        {
            Outcome = !isFinite ? RunOutcome.Diverged : result.Stopped ? RunOutcome.Stopped : RunOutcome.Completed,
            Failure = isFinite ? null : "the loss is not finite",
            Version = result.Steps,
            WeightsSha256 = result.WeightsSha256,
            TrainLoss = result.TrainLoss,
            TestLoss = result.TestLoss,
            TestAccuracy = result.TestAccuracy,
            Seconds = result.Seconds,
            SamplesPerSecond = Measured(result.SamplesPerSecond),
            SecondsPerUpdate = result.Steps > 0 ? Measured(result.Samples / (double)result.Steps / result.SamplesPerSecond) : null,
            StalenessMean = result.StalenessMean,
            Ledger = result.Ledger,
            DroppedShare = Measured(result.Ledger.Dropped / (double)(result.Ledger.Applied + result.Ledger.Dropped)),
            WaitingShare = WaitingOf(result),
        };
    }

    /// <summary>Of a run that ended with an exception.</summary>
    public ComparedRun Of(string rule, TrainingOptions options, RunRecorder recorder, TrainingFailedException failure) =>
        Begin(rule, options, recorder) with
        {
            // The two lines in which the coordinator says that numbers are no longer finite have this in common.
            Outcome = failure.Message.Contains("is not finite", StringComparison.Ordinal) ? RunOutcome.Diverged : RunOutcome.Failed,
            Failure = failure.Message,
        };

    private ComparedRun Begin(string rule, TrainingOptions options, RunRecorder recorder) => new()
    {
        Rule = rule,
        Seed = options.Seed,
        Folder = Path.GetFileName(options.Out!),
        Command = CommandText.Of(verb, options),
        ConfigSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(EffectiveConfig.ToJson(options)))),
        Outcome = RunOutcome.Failed,
        Version = recorder.Version,
        Curve = recorder.Curve,
        Notices = [.. recorder.Notices],
        SecondsToAccuracy = FirstTime(recorder, point => point.TestAccuracy >= options.TargetAccuracy),
        SecondsToLoss = FirstTime(recorder, point => point.TrainLoss <= targetLoss),
    };

    private static double? FirstTime(RunRecorder recorder, Func<CurvePoint, bool> reached) => recorder.Curve.FirstOrDefault(reached)?.Seconds;

    private static double? Measured(double value) => double.IsFinite(value) && value >= 0 ? value : null;

    private static double? WaitingOf(TrainingResult result)
    {
        if (RecordedTimesOf(result.Run) is not { } run || result.SamplesPerSecond <= 0)
        {
            return null;
        }

        var computing = run.Laws.Average(law => law.Mean) * result.SamplesPerSecond / (run.SamplesPerGradient * run.Workers);
        return Math.Clamp(1 - computing, 0, 1);
    }

    /// <summary>Null: the run recorded none.</summary>
    internal static RecordedRun? RecordedTimesOf(string run) =>
        File.Exists(Path.Combine(run, ServiceTimesFile.Name)) ? RecordedRun.Find(RunFolder.Open(run)) : null;
}
