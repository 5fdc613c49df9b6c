using System.Text.Json.Nodes;
using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Lab;

/// <summary>Carries out a comparison, run by run. What is known is in comparison.json after each of them.</summary>
/// <param name="options">Checked.</param>
/// <param name="experiment">Carries out a run.</param>
/// <param name="tell">Takes a line for each run.</param>
public sealed class ComparisonRunner(ComparisonOptions options, IExperiment experiment, Action<string> tell)
{
    private readonly JudgedExperiment _experiment = new(experiment, options.TargetLoss);
    private readonly List<ComparedRun> _runs = [];
    private readonly RunEnvironment _environment = RunEnvironment.Current();

    /// <summary>All runs, or those until it is asked to stop; the run that is going then ends in good order.</summary>
    /// <exception cref="UsageException">The options do not fit the data, or the folder cannot be used.</exception>
    public async Task<Comparison> RunAsync(CancellationToken stop)
    {
        NewFolder.Make(options.Folder, "--out");
        var planned = options.Runs.ToArray();
        foreach (var (rule, run) in planned)
        {
            if (stop.IsCancellationRequested)
            {
                break;
            }

            _runs.Add(await _experiment.RunAsync(rule, run, stop).ConfigureAwait(false));
            tell(Invariant($"{_runs.Count}/{planned.Length} {RunLine.Of(_runs[^1])}"));
            foreach (var notice in _runs[^1].Notices)
            {
                tell($"  {notice}");
            }

            AtomicFile.Write(Path.Combine(options.Folder, Comparison.FileName), Summarize().ToJson());
        }

        return Summarize();
    }

    private Comparison Summarize()
    {
        var (from, planner) = PlannerOf();
        return new Comparison
        {
            Under = options.Under,
            Environment = _environment,
            Options = JsonNode.Parse(EffectiveConfig.ToJson(options.Training))!,
            TargetAccuracy = options.Training.TargetAccuracy,
            TargetLoss = options.TargetLoss,
            PredictedFrom = from?.Folder,
            Rules = [.. options.Rules.Select(rule => SummaryOf(rule, planner))],
            Runs = [.. _runs],
        };
    }

    private RuleSummary SummaryOf(string rule, Planner? planner)
    {
        var lanes = options.Training.LaneCount;
        var model = RuleModel.Find(rule, lanes, out _);
        var predicted = model is null ? null : planner?.Predict(model, lanes).SecondsPerUpdate;
        return RuleSummary.Of(rule, [.. _runs.Where(run => run.Rule == rule)], model?.MeanStaleness, predicted);
    }

    /// <summary>From a run that waits for all, where there is one: its workers compute side by side as nowhere else. Else from the first that recorded times.</summary>
    private (ComparedRun? Run, Planner? Planner) PlannerOf()
    {
        foreach (var run in _runs.Where(run => run.Outcome == RunOutcome.Completed).OrderBy(run => run.Rule is "bsp" or "sync" ? 0 : 1))
        {
            if (RunJudgement.RecordedTimesOf(Path.Combine(options.Folder, run.Folder)) is { } recorded)
            {
                return (run, new Planner(recorded));
            }
        }

        return (null, null);
    }
}
