using System.Text.Json;
using DistNet.Actors;
using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>Everything that a node must know of a run to take part in it.</summary>
/// <param name="Run">The run's name, which no other run of the cluster has.</param>
/// <param name="Number">Counts the runs of the cluster.</param>
/// <param name="Config">Its options, as <see cref="EffectiveConfig"/> writes them.</param>
/// <param name="Data">What every node's data must be.</param>
/// <param name="SendsData">Whether nodes fetch the data from the coordinator's node instead of reading them themselves.</param>
/// <param name="GiveUpAfter">How long the run waits for want of nodes; null: as long as it takes.</param>
/// <param name="MixesArithmetic">Whether nodes may take part that round differently.</param>
/// <param name="Trace">Context of the run's span, which spans of all nodes are part of (W3C trace context); null: the coordinator's node traces nothing.</param>
internal sealed record RunOrder(
    string Run, long Number, string Config, DataSummary Data, bool SendsData, TimeSpan? GiveUpAfter, bool MixesArithmetic = false, string? Trace = null)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="UsageException">It is none.</exception>
    public static RunOrder Parse(string json)
    {
        try
        {
            var order = JsonSerializer.Deserialize<RunOrder>(json, Json) ?? throw new JsonException("it is null");

            // Nodes make and delete directories of that name.
            return !IsFileName(order.Run) ? throw new JsonException($"'{order.Run}' is no name of a run")
                : !order.Data.IsSound ? throw new JsonException("it describes no data")
                : order;
        }
        catch (JsonException e)
        {
            throw new UsageException($"a run's order makes no sense: {e.Message}");
        }
    }

    /// <summary>Whether folders can be called that, beside others.</summary>
    public static bool IsFileName(string name) => name.Length > 0 && Path.GetFileName(name) == name && name is not ("." or "..");

    public TrainingOptions Options() => TrainingOptionsLoader.LoadJson(Config, $"the order of {Run}");

    /// <summary>The same on every node: what outlives a node is kept on others too.</summary>
    public RunPlan Plan() => RunPlanner.Plan(Options(), Data) with { Replicates = true, HelpsLateWorkers = true, GiveUpAfter = GiveUpAfter };
}
