using System.Text.Json;
using DistNet.Hosting;

namespace DistNet.Cluster.Akka;

/// <summary>
/// Doors of nodes that were in the cluster with this one, kept in its directory: a coordinator's node that comes back finds the cluster again that went on
/// without it. Many threads.
/// </summary>
internal sealed class KnownDoors
{
    private readonly string _path;
    private volatile IReadOnlyList<ClusterAddress> _all;

    public KnownDoors(string directory)
    {
        _path = Path.Combine(directory, "akka-nodes.json");
        _all = Read(_path);
    }

    public IReadOnlyList<ClusterAddress> All => _all;

    public void Keep(IEnumerable<string> doors)
    {
        var all = Parse(doors);
        if (!all.SequenceEqual(_all))
        {
            _all = all;
            AtomicFile.Write(_path, JsonSerializer.Serialize(all.Select(door => door.ToString())));
        }
    }

    private static IReadOnlyList<ClusterAddress> Read(string path)
    {
        try
        {
            return Parse(JsonSerializer.Deserialize<string[]>(File.ReadAllText(path)) ?? []);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return [];
        }
    }

    /// <summary>What is no address is passed over.</summary>
    private static ClusterAddress[] Parse(IEnumerable<string> doors) =>
        [.. doors.Select(door => ClusterAddress.TryParse(door, out var address) ? address : (ClusterAddress?)null).OfType<ClusterAddress>().Distinct()];
}
