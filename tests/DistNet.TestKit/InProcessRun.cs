using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.TestKit;

/// <summary>A whole run in one process, which others are compared with.</summary>
/// <param name="WeightsSha256">Hash of the final weights; null: the run did not complete.</param>
/// <param name="FirstVersion">Updates that were applied before it began.</param>
/// <param name="TensorsOutstanding">Tensors that were not given back.</param>
public sealed record InProcessRun(string? WeightsSha256, long FirstVersion, int TensorsOutstanding)
{
    /// <param name="plan">The run.</param>
    /// <param name="data">Train and test part.</param>
    /// <param name="workers">Workers.</param>
    /// <param name="threads">Threads that compute for them.</param>
    /// <param name="storage">Where the actors keep things, disposed at the end; null: nowhere.</param>
    public static InProcessRun Of(RunPlan plan, DataSet data, int workers, int threads, IActorStorage? storage = null)
    {
        string? hash = null;
        var firstVersion = 0L;
        using var runners = new NetworkRunners(plan, data, data, workers, threads);
        var options = new ActorHostOptions(workers, threads, runners.Create, Observe);
        using var host = new InProcessHost(plan, options, storage ?? new ForgetfulStorage(), TimeProvider.System);
        host.Run(CancellationToken.None);
        return new InProcessRun(hash, firstVersion, host.TensorsOutstanding);

        void Observe(Envelope envelope)
        {
            if (envelope is Envelope<GenerationOpened> opened)
            {
                firstVersion = opened.Message.Version;
            }
            else if (envelope is Envelope<RunCompleted> completed)
            {
                hash = WeightsHash.Of(plan.Map, completed.Message.Partitions);
                completed.Message.Partitions.ToList().ForEach(partition => partition.Release());
            }
        }
    }
}
