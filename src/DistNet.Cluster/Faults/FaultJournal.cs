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

    /// <summary>Null: there is none of that run.</summary>
    public static FaultJournal? Read(string directory, string run)
    {
        try
        {
            var journal = JsonSerializer.Deserialize<FaultJournal>(File.ReadAllText(Path.Combine(directory, FileName)));
            return journal?.Run == run ? journal : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    public void Write(string directory) => AtomicFile.Write(Path.Combine(directory, FileName), JsonSerializer.Serialize(this));
}
