namespace DistNet.Learning;

/// <summary>Where a named data set's numbers come from.</summary>
public enum DataOrigin
{
    /// <summary>In the program.</summary>
    Embedded,

    /// <summary>Made by a generator.</summary>
    Generated,

    /// <summary>In a folder of IDX files that the user has.</summary>
    Files,
}

/// <summary>A named data set, before it is loaded.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="What">One line.</param>
/// <param name="Samples">Training samples; all samples where it does not come split; a generator's default number.</param>
/// <param name="TestSamples">Samples of the test part it comes with; 0 where it does not come split.</param>
/// <param name="Shape">Shape of a sample.</param>
/// <param name="ClassNames">One name per class.</param>
/// <param name="Origin">Where its numbers come from.</param>
/// <param name="Source">Who made it.</param>
/// <param name="Licence">Under what terms.</param>
/// <param name="Files">Names of its files, for <see cref="DataOrigin.Files"/>.</param>
public sealed record DataDescription(
    string Name,
    string What,
    int Samples,
    int TestSamples,
    IReadOnlyList<int> Shape,
    IReadOnlyList<string> ClassNames,
    DataOrigin Origin,
    string Source,
    string Licence,
    IdxFiles? Files = null)
{
    /// <summary>Numbers per sample.</summary>
    public int Features => Shape.Aggregate(1, (product, length) => product * length);
}

/// <summary>Names of the four files of a data set in its folder; each may also be there without ".gz".</summary>
public sealed record IdxFiles(string TrainImages, string TrainLabels, string TestImages, string TestLabels);
