using System.Globalization;

namespace DistNet.Learning;

/// <summary>Names for classes that have only numbers.</summary>
public static class ClassNames
{
    /// <summary>"0", "1", ...</summary>
    public static IReadOnlyList<string> Numbered(int classes) =>
        [.. Enumerable.Range(0, classes).Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
