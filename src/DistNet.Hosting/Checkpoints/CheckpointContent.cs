using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>Everything a run needs to go on to the same bits: one cut, at one version.</summary>
public sealed record CheckpointContent
{
    /// <summary>Updates applied.</summary>
    public required long Version { get; init; }

    public required ParameterLayout Layout { get; init; }

    /// <summary>The flat parameter vector; at least Layout.Length floats, padding past it is not stored. The caller's memory.</summary>
    public required ReadOnlyMemory<float> Parameters { get; init; }

    /// <summary>The optimiser's state, each slot laid out like the parameters.</summary>
    public IReadOnlyList<CheckpointSlot> Slots { get; init; } = [];

    /// <summary>Where the run stands, such as samples applied and the state of generators, under short names.</summary>
    public IReadOnlyDictionary<string, long[]> Position { get; init; } = new Dictionary<string, long[]>();

    /// <summary>The coordinator's record as JSON; opaque here.</summary>
    public string Record { get; init; } = "";
}

/// <summary>One slot of optimiser state, such as "velocity".</summary>
public sealed record CheckpointSlot(string Name, ReadOnlyMemory<float> Values);

/// <summary>A checkpoint that was read, with one line for each later one that was damaged and passed over.</summary>
public sealed record CheckpointReading(CheckpointContent Content, IReadOnlyList<string> Warnings);
