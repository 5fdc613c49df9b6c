namespace DistNet.Cluster;

/// <summary>A run that a client asks for.</summary>
/// <param name="Config">Its options, as the effective configuration is written.</param>
/// <param name="SendsData">Nodes fetch the data from the coordinator's node.</param>
/// <param name="GiveUpAfterSeconds">How long it waits for want of nodes; null: as long as it takes.</param>
/// <param name="Resume">Name of a run folder that was sent before, to go on in; null: a new run.</param>
internal sealed record RunRequest(string Config, bool SendsData, double? GiveUpAfterSeconds, string? Resume);

/// <summary>A run that has begun.</summary>
internal sealed record RunBegun(string Run);

/// <summary>Why something was refused, one line each.</summary>
internal sealed record Problems(IReadOnlyList<string> Lines);
