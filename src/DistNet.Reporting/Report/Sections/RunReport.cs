using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Reporting;

/// <summary>The report of one run.</summary>
public static class RunReport
{
    public static ReportModel Of(RunMaterial run)
    {
        ReportSection?[] sections =
        [
            RunLearningSection.Of(run), RunTimeSection.Of(run), NetworkSection.Of(run), LedgerSection.Of(run), OriginSection.Of(run), MissingSection(run.Missing),
        ];
        return new ReportModel($"{DataName(run)}, {run.Options.Mode}", Question(run), Answer(run), [.. Figures(run)], [.. sections.OfType<ReportSection>()]);
    }

    internal static ReportSection? MissingSection(IReadOnlyList<string> missing) => missing.Count == 0
        ? null
        : new ReportSection("What is missing", [.. missing.Select(line => new ReportText(line))]);

    private static string DataName(RunMaterial run) => run.Options.Preset ?? run.Model?.Data ?? run.Options.Data;

    private static string Question(RunMaterial run)
    {
        var network = run.Model is { } model ? NetworkBuilder.Describe(run.Options, NetworkBuilder.Build(run.Options, model.Info)) : "the stand-in that was simulated";
        return Invariant($"What does {network} come to on {DataName(run)} under {run.Options.Mode}, with {Several(run.Options.Workers, "worker")}, {Several(run.Options.Servers, "server")} and {Several(run.Options.LaneCount, "lane")}?");
    }

    private static string Answer(RunMaterial run)
    {
        if (run.Result is not { } result)
        {
            return run.Epochs.Count == 0 ? "The run left no result." : Invariant($"The run left no result; its last epoch, {run.Epochs[^1].Epoch}, had a train loss of {NumberText.Loss(run.Epochs[^1].TrainLoss)}.");
        }

        var scored = result is { TestAccuracy: { } accuracy, TestLoss: { } loss } ? Invariant($"{NumberText.Percent(accuracy)} of the test samples are classified rightly, at a test loss of {NumberText.Loss(loss)}, ") : Invariant($"A train loss of {NumberText.Loss(result.TrainLoss)} ");
        var ended = result.Stopped ? " The run was stopped before its plan was done." : "";
        return Invariant($"{scored}after {NumberText.Count(result.Steps)} updates in {NumberText.Seconds(result.Seconds)}{(result.Virtual ? " of virtual time" : "")}.{ended}");
    }

    private static IEnumerable<ReportFact> Figures(RunMaterial run)
    {
        if (run.Result is not { } result)
        {
            yield break;
        }

        if (result is { TestAccuracy: { } accuracy, TestLoss: { } loss })
        {
            yield return new("test accuracy", Invariant($"{100 * accuracy:0.00} %"));
            yield return new("test loss", NumberText.Loss(loss));
        }

        yield return new("train loss", NumberText.Loss(result.TrainLoss));
        yield return new("updates", NumberText.Count(result.Steps));
        yield return new("samples applied", NumberText.Count(result.Samples));
        yield return new(result.Virtual ? "virtual time" : "time", NumberText.Seconds(result.Seconds));
        yield return new("samples a second", NumberText.Of(result.SamplesPerSecond));
        yield return new("mean staleness", NumberText.Of(result.StalenessMean));
    }

    private static string Several(int count, string what) => Invariant($"{count} {what}{(count == 1 ? "" : "s")}");
}
