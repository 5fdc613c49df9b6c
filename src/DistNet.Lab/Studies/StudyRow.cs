namespace DistNet.Lab;

/// <summary>One configuration of a study, measured.</summary>
/// <param name="Labels">What sets it apart from the other rows.</param>
/// <param name="Figures">In the order of the columns.</param>
/// <param name="Command">Repeats it by hand, with the first seed.</param>
/// <param name="Runs">One for each seed, with its curve and its own command.</param>
public sealed record StudyRow(
    IReadOnlyList<string> Labels, IReadOnlyList<StudyFigure> Figures, string Command, IReadOnlyList<ComparedRun> Runs)
{
    /// <summary>Runs whose numbers stopped to be finite.</summary>
    public int Diverged => Runs.Count(run => run.Outcome == RunOutcome.Diverged);

    /// <summary>The measurement of that name; NaN where no run came to it.</summary>
    public double this[string figure] => Find(figure).Value ?? double.NaN;

    internal StudyFigure Find(string figure) => Figures.First(known => known.Name == figure);
}
