namespace DistNet.Learning;

/// <summary>The generated data sets by name. Pure: equal options give equal data.</summary>
public static class Generators
{
    private const string XorTableName = "xor-table";
    private const int BlobsClasses = 3;

    private static readonly PointGenerator[] Points =
    [
        new XorGenerator(),
        new MoonsGenerator(),
        new SpiralGenerator(),
        new BlobsGenerator(BlobsClasses),
        new DiagonalGenerator(),
    ];

    /// <summary>The data set of one of the names in the catalogue.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer samples than classes, or noise below 0.</exception>
    /// <exception cref="ArgumentException">There is no generator of this name.</exception>
    public static DataSet Create(string name, GeneratorOptions options) =>
        string.Equals(name, XorTableName, StringComparison.Ordinal)
            ? XorTable()
            : Array.Find(Points, generator => string.Equals(generator.Name, name, StringComparison.Ordinal))?.Create(options)
                ?? throw new ArgumentException($"no generator is named '{name}'", nameof(name));

    /// <summary>Points in clusters, as many as there are classes.</summary>
    public static DataSet Blobs(int classes, GeneratorOptions options) => new BlobsGenerator(classes).Create(options);

    /// <summary>The exclusive or of the first two inputs; the third is always 1. Samples, noise and seed do not matter.</summary>
    public static DataSet XorTable() => new(
        new DataSetInfo(XorTableName, 3, ClassNames.Numbered(2), [3]),
        [0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1],
        [0, 1, 1, 0]);
}
