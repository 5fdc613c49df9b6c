using System.Collections.Concurrent;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster.Tests;

/// <summary>Who watches a cluster from within its coordinator's process.</summary>
public sealed class WatcherTests
{
    /// <summary>What is not forwarded is lost in silence: the interface has defaults.</summary>
    [Theory]
    [InlineData(typeof(StepWatch))]
    [InlineData(typeof(RunFeed))]
    [InlineData(typeof(ProgressPair))]
    public void Whoever_passes_on_what_a_run_tells_passes_on_everything(Type type) =>
        type.GetInterfaceMap(typeof(ITrainingProgress)).TargetMethods.ShouldAllBe(method => method.DeclaringType == type);

    [Fact]
    public async Task It_is_told_of_the_run_of_every_node_and_of_the_end()
    {
        var watcher = new Watcher();
        await using var cluster = await TestCluster.StartAsync(servers: 1, workers: 2, options => options with { Watcher = options.Role == Role.Coordinator ? watcher : null });

        var run = await cluster.BeginAsync(new TrainingOptions { Hidden = [8], Lanes = 2, Epochs = 2 });
        var result = await run.ResultAsync();

        watcher.Folder.ShouldEndWith(run.Name);
        watcher.Ended.ShouldBe(("done", result.WeightsSha256));
        watcher.Told.Lines.ShouldContain("epoch 2");
        watcher.Told.LastStep.ShouldBe(result.Steps);
        watcher.Units.ShouldBeGreaterThan(0);
        await Eventually.TrueAsync(() => watcher.Nodes.Keys.Order().SequenceEqual(["coordinator", "server-0", "worker-0", "worker-1"]), TimeSpan.FromSeconds(30), "all nodes to be told");
    }

    private sealed class Watcher : IClusterWatcher, ITrainingProgress
    {
        private int _units;

        public ToldProgress Told { get; } = new();

        public string Folder { get; private set; } = "";

        public (string How, string? Hash) Ended { get; private set; }

        public ConcurrentDictionary<string, string> Nodes { get; } = new();

        public int Units => Volatile.Read(ref _units);

        public ITrainingProgress RunBegins(TrainingOptions options, string folder)
        {
            Folder = folder;
            return new ProgressPair(Told, this);
        }

        public void RunEnds(string how, TrainingResult? result) => Ended = (how, result?.WeightsSha256);

        public void Saw(ClusterStatus status)
        {
            foreach (var node in status.Nodes)
            {
                Nodes[node.Name] = node.State;
            }
        }

        public void Started(RunDescription description)
        {
        }

        public void Epoch(EpochReport report)
        {
        }

        public void Step(in StepReport report)
        {
        }

        public void Observed(TimeSpan time, Envelope envelope)
        {
            if (envelope is Envelope<UnitObserved>)
            {
                Interlocked.Increment(ref _units);
            }
        }

        public void Notice(string line)
        {
        }
    }
}
