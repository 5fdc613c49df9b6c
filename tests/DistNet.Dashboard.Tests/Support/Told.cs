using DistNet.Cluster;
using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Reporting;

namespace DistNet.Dashboard.Tests;

/// <summary>What runs tell, in short.</summary>
internal static class Told
{
    public static RunDescription Description(string data = "digits", string mode = "bsp", int lanes = 2) =>
        new("runs/x", "64-64-10, relu, softmax", 4810, data, 1000, 100, mode, 2, 1, lanes, 10, 100, 0);

    /// <summary>A run whose updates are of ten samples.</summary>
    public static StepReport Step(long version, double loss, long total = 100) => new(version, total, 10 * version, 10 * total, loss);

    public static EpochReport Epoch(int epoch, long version, double loss, double accuracy) =>
        new(epoch, 10, version, loss, loss, accuracy, 1000, [new WorkerReport("worker-0", "0..1", 1000, "computing")]);

    public static Envelope Envelope<T>(T message)
        where T : struct, IMessage => DistNet.Protocol.Envelope<T>.Rent(ActorId.Coordinator, 0, ActorId.Coordinator, message);

    public static Envelope Unit(int worker, long step, double compute, double wait, int waitedFor = -1) =>
        Envelope(new UnitObserved(worker, step, 10, TimeSpan.FromSeconds(compute), TimeSpan.FromSeconds(wait), waitedFor));

    public static Advanced Advanced(long version, params long[] staleness) => new(version, 100, 10 * version, 1000, 1)
    {
        Duration = TimeSpan.FromSeconds(0.1),
        Units = staleness.Length,
        Staleness = staleness.All(value => value == 0) ? null : staleness,
        UpdateSamples = 10,
    };

    public static NodeStatus Node(string name, string state, int process = 7, string? reason = null) =>
        new(name, process, "alpha", "127.0.0.1:1", state, [], 5, "0..1", 0.1, reason);

    public static ClusterStatus Cluster(string? waitsFor, params NodeStatus[] nodes) =>
        new("127.0.0.1:7070", new RunStatus("x", 5, 100, 50, 0.5, 2, 1, 3, waitsFor), null, nodes);

    /// <summary>A model with a run under way.</summary>
    public static (DashboardModel Model, ITrainingProgress Run) Run(TimeProvider? time = null, string data = "digits")
    {
        var model = new DashboardModel("distnet train", time: time);
        var run = model.RunBegins(new TrainingOptions(), null);
        run.Started(Description(data));
        return (model, run);
    }
}
