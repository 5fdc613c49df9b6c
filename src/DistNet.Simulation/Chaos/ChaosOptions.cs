namespace DistNet.Simulation;

/// <summary>Which schedules a chaos session runs.</summary>
public sealed record ChaosOptions
{
    /// <summary>How many.</summary>
    public int Schedules { get; init; } = 1000;

    /// <summary>Seed of the first; the others have those after it.</summary>
    public ulong First { get; init; } = 1;

    /// <summary>One of <see cref="Families"/>; null: all of them in turn.</summary>
    public string? Family { get; init; }

    /// <summary>Schedules at a time.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Names of update rules without their numbers, which are drawn, and switching: three of them one after the other.</summary>
    public static IReadOnlyList<string> Families => RuleDraw.All;

    /// <summary>Every mistake, one line each.</summary>
    public IReadOnlyList<string> Problems =>
    [
        .. Schedules > 0 ? Array.Empty<string>() : [$"--chaos: must be at least 1, not {Schedules}"],
        .. Threads > 0 ? Array.Empty<string>() : [$"--threads: must be at least 1, not {Threads}"],
        .. Family is null || Families.Contains(Family) ? Array.Empty<string>() : [$"--mode: '{Family}' is none of {string.Join(", ", Families)}; chaos draws their numbers"],
    ];

    internal string FamilyOf(ulong seed) => Family ?? Families[(int)(seed % (ulong)Families.Count)];
}
