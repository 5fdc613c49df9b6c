using DistNet.Cluster;
using DistNet.Hosting;

namespace DistNet.Lab;

/// <summary>Each run on a local cluster of processes of its own, which ends with it. A run that fails leaves the nodes' logs.</summary>
/// <param name="command">The program and what comes before its verb.</param>
public sealed class ClusterExperiment(IReadOnlyList<string> command) : IExperiment
{
    public string Verb => "up";

    public async Task<TrainingResult> RunAsync(TrainingOptions options, ITrainingProgress progress, CancellationToken stop)
    {
        var directory = Directory.CreateTempSubdirectory("distnet-compare-").FullName;
        try
        {
            var cluster = LocalClusterOptions.For(options, command, directory);
            var result = await LocalSession.RunAsync(cluster, options, giveUpAfter: null, progress, stop).ConfigureAwait(false);
            Directory.Delete(directory, recursive: true);
            return result;
        }
        catch (Exception e) when (e is ClusterUnreachableException or ClusterGaveUpException or TrainingFailedException)
        {
            throw new TrainingFailedException($"{e.Message} (the nodes' logs are in {directory})", e);
        }
    }
}
