using System.Diagnostics;
using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Protocol;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>
/// A run on its coordinator's node: the coordinator's actors, the run folder, and what is told to whoever follows. Who works for it is the
/// director's matter.
/// </summary>
internal sealed class DirectedRun : IAsyncDisposable
{
    private readonly NodeParts _parts;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly RunObserver _observer;
    private readonly RunSpans? _spans;
    private readonly MetricsWriter _metrics;
    private readonly CheckpointFolder _checkpoints;
    private readonly Func<ActorId, string?> _about;
    private readonly Action<DirectedRun> _ended;
    private Task _writing = Task.CompletedTask;
    private RunFailed? _failure;

    /// <param name="order">The run.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="firstVersion">Updates that were applied before.</param>
    /// <param name="spans">The run's, ended with this; null: nobody listens.</param>
    /// <param name="parts">Of this node.</param>
    /// <param name="about">What is known of the node of an actor.</param>
    /// <param name="ended">Told once, when the run has completed or failed; on a thread that must not wait.</param>
    /// <param name="watcher">Who watches the cluster; null: nobody.</param>
    public DirectedRun(
        RunOrder order,
        RunFolder folder,
        long firstVersion,
        RunSpans? spans,
        NodeParts parts,
        Func<ActorId, string?> about,
        Action<DirectedRun> ended,
        IClusterWatcher? watcher)
    {
        _spans = spans;
        _parts = parts;
        _about = about;
        _ended = ended;
        Order = order;
        Folder = folder;
        folder.ForgetEnd();
        Options = order.Options();
        Feed = new RunFeed(watcher?.RunBegins(Options, folder.Root));
        var plan = order.Plan();
        _checkpoints = new CheckpointFolder(folder);
        _metrics = MetricsWriter.Open(folder.MetricsPath, firstVersion);
        _observer = new RunObserver(plan, RunAccount.EpochsOf(plan), Feed, _metrics, about);
        Hosted = new HostedRun(order, plan, null, parts, Observe);
        Feed.Started(RunAccount.Describe(Options, order.Data, plan, order.Run, firstVersion));
    }

    public RunOrder Order { get; }

    public TrainingOptions Options { get; }

    public RunFolder Folder { get; }

    public RunFeed Feed { get; }

    /// <summary>The coordinator's actors.</summary>
    public HostedRun Hosted { get; }

    /// <summary>What the run came to; null until it is closed, and where it failed.</summary>
    public TrainingResult? Result { get; private set; }

    /// <summary>Time since this node took the run up.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Whom the run waits for, as it said last, and when it said so; null: nobody since the last update.</summary>
    public string? WaitsFor { get; private set; }

    /// <summary>Asks the run to end soon.</summary>
    public void EndEarly() =>
        Hosted.Deliver(Envelope<EndEarly>.Rent(ActorId.Coordinator, 0, ActorId.Coordinator, default));

    /// <summary>Ends the run here and now, as failed.</summary>
    public void GiveUp(string reason)
    {
        _failure ??= new RunFailed(reason);
        _ended(this);
    }

    /// <summary>Ends the coordinator's actors and brings the folder to its end. How the run ended, in a few words.</summary>
    public async Task<string> CloseAsync()
    {
        await DisposeAsync().ConfigureAwait(false);
        TakeLog();
        _checkpoints.ListMetrics();
        Result = _failure is null ? RunAccount.Result(Options, Hosted.Plan, Order.Run, _observer, _watch.Elapsed) with { MixedArithmetic = Order.MixesArithmetic } : null;
        if (Result is not null)
        {
            Folder.WriteResult(Result);
        }

        return Result is null ? $"failed: {_failure!.Value.Reason}" : Result.Stopped ? "stopped" : "done";
    }

    /// <summary>Tells the followers of the end, when everything is ready for the next run.</summary>
    public void Tell()
    {
        if (Result is not null)
        {
            Feed.Done(Result);
        }
        else
        {
            Feed.Failed(_failure!.Value.Reason, _failure.Value.GaveUp);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Hosted.DisposeAsync().ConfigureAwait(false);
        _spans?.End(_failure?.Reason ?? "its node ended");
        await _writing.ConfigureAwait(false);
        _metrics.Dispose();
    }

    /// <summary>The sequencer's log, which its node keeps, belongs to the run's folder.</summary>
    private void TakeLog()
    {
        if (File.Exists(Hosted.Storage.LogPath))
        {
            File.Copy(Hosted.Storage.LogPath, Folder.UpdatesPath, overwrite: true);
        }
    }

    private void Observe(Envelope envelope)
    {
        _spans?.Observe(envelope);
        _observer.Observe(envelope);
        switch (envelope)
        {
            case Envelope<Advanced>:
                WaitsFor = null;
                break;
            case Envelope<Waiting> waiting:
                WaitsFor = WaitingLine.Whom(waiting.Message, _about);
                _parts.Log.RunNotice(WaitingLine.Of(waiting.Message, _about));
                break;
            case Envelope<LaneLate> { Message: var late }:
                Feed.Notice($"worker-{late.Worker} {_about(ActorId.Worker(late.Worker))} is late with step {late.Step}; worker-{late.Helper} computes lanes {LaneText.Of(late.FirstLane, late.EndLane)} too");
                break;
            case Envelope<CutTaken> taken:
                var version = taken.Message.Version;
                _writing = _writing.ContinueWith(_ => WriteCheckpoint(version), TaskScheduler.Default);
                break;
            case Envelope<RunFailed> failed:
                _failure = failed.Message;
                _ended(this);
                break;
            case Envelope<RunCompleted>:
                _ended(this);
                break;
        }
    }

    /// <summary>The partitions' copies, which are on this node, as one file that others can read.</summary>
    private void WriteCheckpoint(long version)
    {
        var parts = new List<PartitionCut>();
        try
        {
            var record = Hosted.Storage.RecordOf(ActorId.Coordinator);
            var cut = record?.Cuts.FirstOrDefault(cut => cut.Version == version);
            for (var i = 0; cut is not null && i < Hosted.Plan.Map.Partitions.Length; i++)
            {
                if (Hosted.Storage.Load(ActorId.Coordinator, DurableKey.Copy(i, version), _parts.Pool) is PartitionCut part)
                {
                    parts.Add(part);
                }
            }

            if (cut is not null && parts.Count == Hosted.Plan.Map.Partitions.Length)
            {
                CutCheckpoint.Write(_checkpoints, Hosted.Plan, record!.Generation, cut, parts);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _parts.Log.CheckpointFailed(version, e.Message);
        }
        finally
        {
            parts.ForEach(part => part.Release());
        }
    }
}
