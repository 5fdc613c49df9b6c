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
    private readonly ComparisonPlans _plans = new(options);
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
        var plannedFrom = _plans.RunsOf(_runs);
        return new Comparison
        {
            Under = options.Under,
            Environment = _environment,
            Options = JsonNode.Parse(EffectiveConfig.ToJson(options.Training))!,
            TargetAccuracy = options.Training.TargetAccuracy,
            TargetLoss = options.TargetLoss,
            PlannedFrom = plannedFrom,
            Rules = [.. options.Rules.Select(rule => SummaryOf(rule, _plans.Predict(rule, plannedFrom)))],
            Runs = [.. _runs],
        };
    }

    private RuleSummary SummaryOf(string rule, SeedSpread? planned)
    {
        var theory = RuleModel.Find(rule, options.Training.LaneCount, out _);
        return RuleSummary.Of(rule, [.. _runs.Where(run => run.Rule == rule)], theory?.MeanStaleness, planned);
    }
}
