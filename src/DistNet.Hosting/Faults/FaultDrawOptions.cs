using System.Collections.Immutable;

namespace DistNet.Hosting;

/// <summary>What is drawn.</summary>
public sealed record FaultDrawOptions
{
    /// <summary>At least this many faults.</summary>
    public int Fewest { get; init; } = 1;

    /// <summary>At most this many.</summary>
    public int Most { get; init; } = 4;

    /// <summary>Of these kinds, each as likely as the others.</summary>
    public ImmutableArray<FaultKind> Kinds { get; init; } = [.. Enum.GetValues<FaultKind>()];
}
