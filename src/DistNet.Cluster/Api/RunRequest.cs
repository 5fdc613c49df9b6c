using System.Text.Json.Serialization;

namespace DistNet.Cluster;

/// <summary>A run that a client asks for.</summary>
/// <param name="Config">Its options, as the effective configuration is written.</param>
/// <param name="SendsData">Nodes fetch the data from the coordinator's node.</param>
/// <param name="GiveUpAfterSeconds">How long it waits for want of nodes; null: as long as it takes.</param>
/// <param name="Resume">Name of a run folder that was sent before, to go on in; null: a new run.</param>
/// <param name="Initial">SHA-256 of a file that was sent before, whose weights the run starts from; null: none.</param>
internal sealed record RunRequest(string Config, bool SendsData, double? GiveUpAfterSeconds, string? Resume, string? Initial = null)
{
    /// <summary>Null: as long as it takes.</summary>
    [JsonIgnore]
    public TimeSpan? GiveUpAfter => GiveUpAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}

/// <summary>A run that has begun.</summary>
internal sealed record RunBegun(string Run);

/// <summary>Why something was refused, one line each.</summary>
internal sealed record Problems(IReadOnlyList<string> Lines);
