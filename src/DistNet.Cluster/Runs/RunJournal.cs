using System.Text.Json;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>What a coordinator's node knows of its cluster's runs after a crash: the one in progress, and how many there were.</summary>
/// <param name="LastNumber">Number of the latest run.</param>
/// <param name="Order">The run in progress, as JSON; null: none.</param>
/// <param name="Folder">Its run folder.</param>
/// <param name="Last">How the run before ended.</param>
internal sealed record RunJournal(long LastNumber, string? Order, string? Folder, string? Last)
{
    public static readonly RunJournal Empty = new(0, null, null, null);

    /// <summary>Of a coordinator elsewhere, whose run folder is not here.</summary>
    public static RunJournal Of(in JournalTold told) => new(told.Number, OrNull(told.Order), null, OrNull(told.Last));

    /// <summary>For nodes elsewhere.</summary>
    public JournalTold Tell() => new(LastNumber, Order ?? "", Last ?? "");

    /// <summary>The journal in a directory; an empty one where there is none that can be read.</summary>
    public static RunJournal Read(string directory)
    {
        try
        {
            return JsonSerializer.Deserialize<RunJournal>(File.ReadAllText(PathIn(directory))) ?? Empty;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return Empty;
        }
    }

    public void Write(string directory) => AtomicFile.Write(PathIn(directory), JsonSerializer.Serialize(this));

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static string PathIn(string directory) => Path.Combine(directory, "cluster.json");
}
