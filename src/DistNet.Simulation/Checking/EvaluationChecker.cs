using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>The test loss that a run ends with is one of its final weights, evaluated in its last generation.</summary>
/// <param name="plan">What is trained.</param>
public sealed class EvaluationChecker(RunPlan plan) : IRunChecker
{
    private readonly HashSet<(long Version, double? TestLoss)> _scored = [];

    public void OnObserved(TimeSpan now, Envelope envelope)
    {
        switch (envelope)
        {
            case Envelope<GenerationOpened>:
                _scored.Clear();
                break;
            case Envelope<Scored> scored:
                _scored.Add((scored.Message.Version, scored.Message.TestLoss));
                break;
        }
    }

    public string? Problem(SimulationResult result) =>
        plan.TestSamples > 0 && result.Summary is { Version: > 0 } summary
            && !_scored.Contains((summary.Version, summary.TestLoss))
        ? $"version {summary.Version}, test loss {summary.TestLoss}, was not evaluated in the last generation"
        : null;
}
