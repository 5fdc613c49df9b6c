namespace DistNet.Hosting;

public enum DataSourceKind
{
    /// <summary>Comes with the program.</summary>
    Embedded,

    /// <summary>Computed from a seed.</summary>
    Generator,

    /// <summary>A folder of IDX files.</summary>
    Idx,

    /// <summary>A CSV file.</summary>
    Csv,

    /// <summary>Samples that a program has in its memory; there is nothing to read.</summary>
    Memory,
}

/// <summary>What <c>--data</c> names. Opens nothing.</summary>
/// <param name="Kind">How it is read.</param>
/// <param name="Location">The set's name, or the folder's or file's path.</param>
public sealed record DataSource(DataSourceKind Kind, string Location)
{
    /// <summary>All forms in one line.</summary>
    public const string Forms =
        "digits, breast-cancer, iris (embedded), xor-table, xor, moons, spiral, blobs, diagonal (generated), idx:DIR or csv:FILE";

    /// <summary>What the name of samples in a program's memory follows in <see cref="TrainingOptions.Data"/>.</summary>
    public const string MemoryPrefix = "memory:";

    private static readonly string[] Embedded = ["digits", "breast-cancer", "iris"];

    private static readonly string[] Generators = ["xor-table", "xor", "moons", "spiral", "blobs", "diagonal"];

    public static IEnumerable<string> Names => Embedded.Concat(Generators);

    /// <summary>The name for run folders: the set's, the folder's or the file's.</summary>
    public string Name => Kind is DataSourceKind.Idx or DataSourceKind.Csv
        ? Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Location)))
        : Location;

    /// <summary>The text of a source whose files, where it has some, are found from another folder.</summary>
    public static string Under(string root, string text) => TryParse(text, out var source, out _) && source.Kind is DataSourceKind.Idx or DataSourceKind.Csv
        ? $"{text[..4]}{Path.Combine(root, source.Location)}"
        : text;

    /// <summary>False, with one line in <paramref name="problem"/>, when the text names no data.</summary>
    public static bool TryParse(string text, out DataSource source, out string problem)
    {
        problem = "";
        source = text.Split(':', 2) switch
        {
            ["idx", not ""] => new(DataSourceKind.Idx, text[4..]),
            ["csv", not ""] => new(DataSourceKind.Csv, text[4..]),
            ["memory", not ""] => new(DataSourceKind.Memory, text[MemoryPrefix.Length..]),
            [var name] when Embedded.Contains(name) => new(DataSourceKind.Embedded, name),
            _ => new(DataSourceKind.Generator, text),
        };
        if (source.Kind == DataSourceKind.Generator && !Generators.Contains(text))
        {
            problem = $"--data: '{text}' is none of {Forms}{NameHint.For(text, Names)}";
        }

        return problem.Length == 0;
    }
}
