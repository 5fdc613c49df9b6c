namespace DistNet.Reporting;

/// <summary>Small pictures in rows.</summary>
/// <param name="Title">Says what is seen.</param>
/// <param name="Pictures">From left to right, then down.</param>
public sealed record PictureGridModel(string Title, IReadOnlyList<LabelledPicture> Pictures)
{
    /// <summary>Width of a picture on the page, in CSS pixels.</summary>
    public int Size { get; init; } = 84;
}

/// <param name="Pixels">The picture.</param>
/// <param name="Lines">Below it; the first is also its description.</param>
public sealed record LabelledPicture(Pixels Pixels, IReadOnlyList<string> Lines);
