using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

/// <summary>A host with the real actors and, unless a test puts another in, the real runner; no files.</summary>
internal sealed record HostRun(TrainingOptions Options)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public Func<IWorkRunner, IWorkRunner> Runner { get; init; } = runner => runner;

    public Func<IActorStorage, IActorStorage> Storage { get; init; } = storage => storage;

    public Action<Envelope> Observe { get; init; } = _ => { };

    public bool TakesCuts { get; init; }

    public bool Evaluates { get; init; }

    public CancellationToken Stop { get; init; }

    /// <summary>Runs to the end; returns the tensors still lent out then.</summary>
    public Task<int> RunAsync() => Task.Run(Run).WaitAsync(Deadline, CancellationToken.None);

    private int Run()
    {
        var data = DataLoader.Load(Options);
        var plan = RunPlanner.Plan(Options, DataSummary.Of(data)) with
        {
            TestSamples = Evaluates ? data.Test!.Count : 0,
            Cuts = TakesCuts ? new CutPolicy(true, 10, default) : CutPolicy.Never,
        };
        using var runners = new NetworkRunners(plan, data.Train, Evaluates ? data.Test : null, Options.Workers, Options.Threads ?? 2);
        var options = new ActorHostOptions(
            Options.Workers,
            Options.Threads ?? 2,
            team => Runner(runners.Create(team)),
            ObserveAndRelease);
        var host = new InProcessHost(plan, options, Storage(new CheckpointStorage(plan, null, null)), TimeProvider.System);
        using (host)
        {
            host.Run(Stop);
        }

        return host.TensorsOutstanding;
    }

    private void ObserveAndRelease(Envelope envelope)
    {
        Observe(envelope);
        if (envelope is Envelope<RunCompleted> completed)
        {
            foreach (var partition in completed.Message.Partitions)
            {
                partition.Release();
            }
        }
    }
}
