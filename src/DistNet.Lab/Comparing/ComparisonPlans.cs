namespace DistNet.Lab;

/// <summary>
/// The time of an update, planned from runs of the comparison itself. Machines change their speed from run to run, so that every seed's run is planned
/// from, and not one that happened to be fast. A plan is made once.
/// </summary>
/// <param name="options">Of the comparison.</param>
internal sealed class ComparisonPlans(ComparisonOptions options)
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, double>?> _plans = [];

    /// <summary>
    /// Folders of the runs planned from: of a rule that waits for all, where there is one, as its workers compute side by side as nowhere else; else of the
    /// first that recorded times.
    /// </summary>
    public IReadOnlyList<string> RunsOf(IEnumerable<ComparedRun> runs) =>
    [
        .. runs
            .Where(run => run.Outcome == RunOutcome.Completed)
            .GroupBy(run => run.Rule)
            .OrderBy(rule => rule.Key is "bsp" or "sync" ? 0 : 1)
            .Select(rule => rule.Where(run => PlanOf(run) is not null).Select(run => run.Folder).ToArray())
            .FirstOrDefault(folders => folders.Length > 0, []),
    ];

    /// <summary>Seconds of an update under a rule by each of these runs; null without any, or where theory does not know the rule.</summary>
    public SeedSpread? Predict(string rule, IEnumerable<string> folders) =>
        SeedSpread.Of(folders.Select(folder => _plans[folder]!.TryGetValue(rule, out var seconds) ? (double?)seconds : null));

    /// <summary>Null: the run recorded no times.</summary>
    private IReadOnlyDictionary<string, double>? PlanOf(ComparedRun run)
    {
        if (!_plans.TryGetValue(run.Folder, out var plan))
        {
            plan = RunJudgement.RecordedTimesOf(Path.Combine(options.Folder, run.Folder)) is { } recorded
                ? PlanFrom(new Planner(recorded with { SamplesPerSecond = run.SamplesPerSecond }))
                : null;
            _plans.Add(run.Folder, plan);
        }

        return plan;
    }

    private Dictionary<string, double> PlanFrom(Planner planner)
    {
        var lanes = options.Training.LaneCount;
        var plan = new Dictionary<string, double>();
        foreach (var rule in options.Rules)
        {
            if (RuleModel.Find(rule, lanes, out _) is { } model)
            {
                plan.Add(rule, planner.Predict(model, lanes).SecondsPerUpdate);
            }
        }

        return plan;
    }
}
