using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>What a run ends with that nothing disturbed, on one worker and one server.</summary>
/// <param name="Version">Updates applied.</param>
/// <param name="WeightsSha256">Of the final weights.</param>
/// <param name="Epochs">Mean train loss of each epoch.</param>
/// <param name="Scores">What was evaluated.</param>
public sealed record UndisturbedRun(long Version, string? WeightsSha256, IReadOnlyList<double> Epochs, IReadOnlySet<Scored> Scores);

/// <summary>Under barrier rules every run ends at the bits of one that nothing disturbed, and everything that was due was evaluated.</summary>
/// <param name="reference">Gives the undisturbed run; of so many updates, or of all.</param>
/// <param name="mayStop">Whether the run was asked to end early.</param>
public sealed class UndisturbedChecker(Func<long?, UndisturbedRun> reference, bool mayStop) : IRunChecker
{
    private readonly HashSet<Scored> _scores = [];

    public void OnObserved(TimeSpan now, Envelope envelope)
    {
        if (envelope is Envelope<Scored> scored)
        {
            _scores.Add(scored.Message);
        }
    }

    public string? Problem(SimulationResult result)
    {
        if (result.Summary is not { } summary)
        {
            return null;
        }

        var calm = reference(summary.Stopped ? summary.Version : null);
        return result.WeightsSha256 != calm.WeightsSha256 ? $"weights {result.WeightsSha256} of version {summary.Version}, calm {calm.WeightsSha256} of {calm.Version}"
            : !summary.History.Epochs.SequenceEqual(calm.Epochs) ? $"loss [{string.Join(", ", summary.History.Epochs)}], calm [{string.Join(", ", calm.Epochs)}]"
            : ScoresProblem(calm.Scores);
    }

    /// <summary>Where the end was asked for, and the request died with a coordinator, a version may have been evaluated as the last one.</summary>
    private string? ScoresProblem(IReadOnlySet<Scored> expected) =>
        _scores.Where(score => !mayStop && !expected.Contains(score)).Select(score => $"{score} was never due").FirstOrDefault()
            ?? expected.Except(_scores).Select(score => $"{score} is missing").FirstOrDefault();
}
