using DistNet.Hosting;

namespace DistNet.Lab;

/// <summary><c>distnet plan</c>: from recorded service times to a table of rules and one recommendation.</summary>
public static class RunPlanning
{
    /// <param name="folder">The run whose service times are used.</param>
    /// <param name="options">What is planned.</param>
    /// <param name="measured">Runs that were made since, to compare with.</param>
    /// <exception cref="UsageException">The options make no sense for this run.</exception>
    /// <exception cref="RunFolderException">A run says nothing that can be used.</exception>
    public static PlanReport Plan(RunFolder folder, PlanOptions options, IReadOnlyList<RunFolder> measured)
    {
        var run = RecordedRun.Load(folder);
        if (options.Problems(run.Workers) is { Count: > 0 } problems)
        {
            throw new UsageException(problems);
        }

        var planner = new Planner(run);
        var predictions = options.WorkersOr(run.Workers)
            .SelectMany(workers => ModelsFor(options, workers).Select(model => planner.Predict(model, workers)))
            .ToArray();
        return new PlanReport
        {
            Run = folder.Root,
            Rule = run.Rule,
            Workers = run.Workers,
            SamplesPerGradient = run.SamplesPerGradient,
            ServiceTimes = run.Laws.Sum(law => law.Times.Count),
            ExchangeSeconds = planner.Exchange,
            Fit = planner.Fit,
            Goal = options.Goal,
            GreatestStaleness = options.GreatestStaleness,
            Predictions = predictions,
            Recommended = Recommend(predictions, options),
            Measured = [.. measured.Select(other => Compare(planner, other))],
        };
    }

    /// <summary>The best by the goal among those whose gradients are of the shared weights and fresh enough; the fewer workers where two are alike.</summary>
    internal static Prediction? Recommend(IEnumerable<Prediction> predictions, PlanOptions options) => predictions
        .Where(prediction => prediction.MeanStaleness <= options.GreatestStaleness)
        .OrderBy(prediction => prediction.Workers)
        .MaxBy(prediction => options.Goal switch
        {
            PlanGoal.Updates => prediction.UpdatesPerSecond,
            PlanGoal.Efficiency => prediction.SamplesPerSecond / prediction.Workers,
            _ => prediction.SamplesPerSecond,
        });

    private static IEnumerable<RuleModel> ModelsFor(PlanOptions options, int workers) =>
        (options.Rules.Count > 0 ? options.Rules : PlanOptions.RulesFor(workers)).Select(rule => RuleModel.Find(rule, workers, out _)).OfType<RuleModel>();

    private static MeasuredRow Compare(Planner planner, RunFolder folder)
    {
        var run = RecordedRun.Load(folder);
        var model = RuleModel.Find(run.Rule, run.Workers, out var problem) ?? throw new RunFolderException($"{folder.Root}: {problem}");
        return new MeasuredRow(
            folder.Root,
            run.Rule,
            run.Workers,
            planner.Predict(model, run.Workers).SamplesPerSecond,
            run.SamplesPerSecond ?? throw new RunFolderException($"{folder.Root} has no finished epoch; nothing was measured"));
    }
}
