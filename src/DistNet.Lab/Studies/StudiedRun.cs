namespace DistNet.Lab;

/// <summary>A run of a study, and what was seen of it.</summary>
/// <param name="Run">As it was told.</param>
/// <param name="Probes">Saw it.</param>
internal sealed record StudiedRun(ComparedRun Run, IReadOnlyList<Probe> Probes)
{
    /// <summary>What that kind of probe saw.</summary>
    public T Seen<T>()
        where T : Probe => Probes.OfType<T>().Single();
}
