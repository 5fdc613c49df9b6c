namespace DistNet.Lab;

/// <summary>One table of a study before it is measured.</summary>
/// <param name="Title">What is compared, on what.</param>
/// <param name="Labels">Titles of the cases' labels.</param>
/// <param name="Cases">Its rows.</param>
internal sealed record StudyPart(string Title, IReadOnlyList<string> Labels, IReadOnlyList<StudyCase> Cases);
