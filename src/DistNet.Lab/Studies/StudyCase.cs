using DistNet.Hosting;
using DistNet.Simulation;

namespace DistNet.Lab;

/// <summary>One row of a study before it is measured: a simulated run, made with one seed or several.</summary>
/// <param name="Labels">What sets it apart from the other rows of its table.</param>
/// <param name="Training">The run; seed and folder are filled in.</param>
/// <param name="Cluster">The simulated cluster.</param>
/// <param name="Measure">From its runs that did not fail, in the order of their seeds, to figures: of the same names in all rows of the table.</param>
internal sealed record StudyCase(
    IReadOnlyList<string> Labels, TrainingOptions Training, SimulateTexts Cluster, Func<IReadOnlyList<StudiedRun>, IEnumerable<StudyFigure>> Measure)
{
    /// <summary>Runs: the study's seed and those after it.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>The train loss whose first time is looked for; null: none.</summary>
    public double? TargetLoss { get; init; }

    /// <summary>Makes what sees one run.</summary>
    public Func<Probe[]> Watch { get; init; } = static () => [];
}
