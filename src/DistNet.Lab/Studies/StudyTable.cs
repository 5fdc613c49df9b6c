namespace DistNet.Lab;

/// <summary>Rows of a study that are compared with each other.</summary>
/// <param name="Title">What is compared, on what.</param>
/// <param name="Labels">Titles of the columns that set rows apart.</param>
/// <param name="Rows">In the order in which they are read.</param>
public sealed record StudyTable(string Title, IReadOnlyList<string> Labels, IReadOnlyList<StudyRow> Rows)
{
    /// <summary>The row with these labels.</summary>
    internal StudyRow this[params string[] labels] => Rows.First(row => row.Labels.SequenceEqual(labels));
}
