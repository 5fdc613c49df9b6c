namespace DistNet.Lab;

/// <summary>What is verified, and with which luck.</summary>
public sealed record VerificationOptions
{
    /// <summary>The one section of the theory that is verified; null: all.</summary>
    public int? Section { get; init; }

    /// <summary>Of every service time and all noise. Another one may by chance find a statistical row out of bounds.</summary>
    public ulong Seed { get; init; } = 1;

    public Subject Subject { get; init; } = Subject.Shipped;

    /// <summary>Runs carried out side by side; each is on one thread.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Everything that is wrong, one line each.</summary>
    public IReadOnlyList<string> Problems => Section is not { } section || TheorySections.Titles.ContainsKey(section) ? []
        : [$"--only: there is no section {section}; sections are {string.Join(", ", TheorySections.Titles.Keys.Order())}"];
}
