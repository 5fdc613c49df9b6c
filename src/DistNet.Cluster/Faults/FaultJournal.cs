using System.Text.Json;
using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>When a run and the faults in it began, kept in the node's own directory: a node that is started again does not begin them again.</summary>
/// <param name="Run">The run.</param>
/// <param name="Began">When it began, by this machine's clock.</param>
/// <param name="Begun">Since then, by the fault's place in the plan.</param>
internal sealed record FaultJournal(string Run, DateTimeOffset Began, IReadOnlyDictionary<int, TimeSpan> Begun)
{
    private const string FileName = "fault-times.json";

    /// <summary>Null: there is none.</summary>
    public static FaultJournal? Read(string directory)
    {
        try
        {
            return JsonSerializer.Deserialize<FaultJournal>(File.ReadAllText(Path.Combine(directory, FileName)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a fault that begins once goes on at that time.</summary>
    public bool IsActive(int place, Fault fault, DateTimeOffset at) => Begun.TryGetValue(place, out var begun) && at - Began < begun + fault.For;

    public void Write(string directory) => AtomicFile.Write(Path.Combine(directory, FileName), JsonSerializer.Serialize(this));
}
