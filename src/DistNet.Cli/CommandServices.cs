using DistNet.Bench;
using DistNet.Hosting;
using DistNet.Lab;
using DistNet.Learning;

namespace DistNet.Cli;

/// <summary>What the verbs call; the program fills it in, tests put others in.</summary>
internal sealed record CommandServices
{
    public required Func<TrainingOptions, ITrainingProgress, CancellationToken, Task<TrainingResult>> Train { get; init; }

    /// <summary>Evaluates a run's latest checkpoint on data (null: the test part of its own); the last argument takes notices.</summary>
    public required Func<RunFolder, string?, Action<string>, EvaluationResult> Evaluate { get; init; }

    /// <summary>Predicts the samples of a CSV or IDX file by a run's latest checkpoint; the last argument takes notices.</summary>
    public required Func<RunFolder, string, Action<string>, PredictionTable> Predict { get; init; }

    /// <summary>The data sets with names.</summary>
    public required IReadOnlyList<DataDescription> Data { get; init; }

    /// <summary>Measures the matrix core; the second argument takes progress.</summary>
    public required Func<CoreBenchOptions, Action<string>, CancellationToken, CoreBenchReport> BenchCore { get; init; }

    /// <summary>Measures training steps; the second argument takes progress.</summary>
    public required Func<StepBenchOptions, Action<string>, CancellationToken, StepBenchReport> BenchStep { get; init; }

    /// <summary>
    /// Makes the report of a run's folder, or of a comparison's and its runs, and returns its path; the second argument is where relative paths of data
    /// begin (null: here). Null: reports are not made.
    /// </summary>
    public Func<string, string?, Task<string>>? Report { get; init; }

    /// <summary>Those that can be run by name.</summary>
    public required IReadOnlyList<Study> Studies { get; init; }

    /// <summary>Holds the update rules to theory.</summary>
    public required Func<VerificationOptions, CancellationToken, VerificationReport> Verify { get; init; }
}
