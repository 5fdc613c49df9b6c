using DistNet.Hosting;

namespace DistNet.Cluster.Tests;

/// <summary>A run that a client follows.</summary>
internal sealed class FollowedRun
{
    private readonly TestCluster _cluster;
    private readonly Task<TrainingResult> _following;

    /// <param name="cluster">Where it runs.</param>
    /// <param name="client">Taken over.</param>
    /// <param name="name">Its name.</param>
    public FollowedRun(TestCluster cluster, ClusterClient client, string name)
    {
        _cluster = cluster;
        Name = name;
        _following = FollowAsync(client);
    }

    public string Name { get; }

    public ToldProgress Told { get; } = new();

    public bool IsOver => _following.IsCompleted;

    /// <summary>The end of the run.</summary>
    public Task<TrainingResult> ResultAsync() => _cluster.InTimeAsync(_following, "the end of the run");

    /// <summary>Waits until so many updates were applied; fails when the run ends before.</summary>
    public async Task StepAsync(long version)
    {
        var step = Told.UntilStepAsync(version);
        await await _cluster.InTimeAsync(Task.WhenAny(step, _following), $"step {version}");
        step.IsCompletedSuccessfully.ShouldBeTrue($"the run ended before step {version} was seen");
    }

    private async Task<TrainingResult> FollowAsync(ClusterClient client)
    {
        using (client)
        {
            return await client.FollowAsync(Told, default);
        }
    }
}
