using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>All that has to be true of every run of a plan, whatever happened to its cluster.</summary>
public sealed class RunCheckers
{
    private readonly IRunChecker[] _checkers;

    /// <param name="plan">What is trained.</param>
    /// <param name="mayStop">Whether the run is asked to end early.</param>
    /// <param name="more">Checkers besides those that hold for every plan.</param>
    public RunCheckers(RunPlan plan, bool mayStop = false, params IEnumerable<IRunChecker> more)
    {
        Lineage = new Lineage(plan);
        _checkers =
        [
            new FinishChecker(),
            new LeakChecker(),
            new LedgerChecker(plan, mayStop),
            .. more,
            new AppliedOnceChecker(Lineage),
            new UpdateSizeChecker(plan, Lineage),
            new StalenessChecker(plan, Lineage),
            new ClockGapChecker(plan),
            new ServerLogChecker(plan, Lineage),
            new VersionChecker(),
            new EvaluationChecker(plan),
        ];
    }

    public Lineage Lineage { get; }

    public void OnInput(ActorId actor, Input input)
    {
        Lineage.OnInput(input);
        Array.ForEach(_checkers, checker => checker.OnInput(actor, input));
    }

    public void OnObserved(TimeSpan now, Envelope envelope)
    {
        Lineage.OnObserved(envelope);
        Array.ForEach(_checkers, checker => checker.OnObserved(now, envelope));
    }

    /// <summary>The first thing that was wrong, or null.</summary>
    public string? Problem(SimulationResult result) => _checkers.Select(checker => checker.Problem(result)).FirstOrDefault(problem => problem is not null);
}
