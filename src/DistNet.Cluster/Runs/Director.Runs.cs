using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Wire;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>The beginning and the end of runs.</summary>
internal sealed partial class Director
{
    /// <summary>How long followers wait for a report at the end of a run.</summary>
    private static readonly TimeSpan ReportLimit = TimeSpan.FromSeconds(60);

    private readonly HashSet<ActorId> _known = [];

    /// <summary>Where this node stands. Asked by whoever logs, and so without the lock.</summary>
    public LogPlace Place => _run is { } run
        ? new LogPlace(ActorId.Coordinator.ToString(), run.Order.Run, run.Feed.LastStep?.Version)
        : new LogPlace(ActorId.Coordinator.ToString());

    /// <summary>Begins a run.</summary>
    /// <param name="request">What is asked for.</param>
    /// <returns>Its name.</returns>
    /// <exception cref="ClusterBusyException">There is one already.</exception>
    /// <exception cref="UsageException">The options, or the data, are not right.</exception>
    public async Task<string> StartAsync(RunRequest request)
    {
        lock (_lock)
        {
            RequireNoRun();
            _isStarting = true;
        }

        try
        {
            await _finishing.ConfigureAwait(false);
            var start = await Task.Run(() => RunStart.Prepare(request, _options, _journal.LastNumber + 1, _weights, _parts)).ConfigureAwait(false);
            (_parts.Control as IRunGate)?.Require(start.Order);
            lock (_lock)
            {
                Begin(start.Order, start.Folder, start.FirstVersion);
                return start.Order.Run;
            }
        }
        finally
        {
            lock (_lock)
            {
                _isStarting = false;
            }
        }
    }

    /// <summary>Takes a file of weights that a run is to start from.</summary>
    /// <exception cref="ClusterBusyException">There is a run.</exception>
    /// <exception cref="UsageException">It is not what was promised.</exception>
    public void ReceiveInitial(string sha256, Action<Stream> write)
    {
        lock (_lock)
        {
            RequireNoRun();
        }

        _weights.Receive(sha256, write);
    }

    /// <summary>Takes a file of a run folder that a run is to go on in.</summary>
    /// <param name="run">Name of the folder.</param>
    /// <param name="file">Name of the file in it.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="ClusterBusyException">There is a run.</exception>
    /// <exception cref="UsageException">There can be no such file.</exception>
    public void Receive(string run, string file, Action<Stream> write)
    {
        lock (_lock)
        {
            RequireNoRun();
        }

        var path = RunOrder.IsFileName(run) ? RunFolder.PathIn(Path.Combine(_options.Runs, run), file) : null;
        if (path is null)
        {
            throw new UsageException($"--resume: '{run}/{file}' is no file of a run folder");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, write);
    }

    /// <summary>Asks the run in progress to end soon; its name, or null where there is none.</summary>
    public string? Stop()
    {
        lock (_lock)
        {
            _run?.EndEarly();
            return _run?.Order.Run;
        }
    }

    /// <summary>Ends the run in progress without another checkpoint; its name, or null where there is none.</summary>
    public string? Abandon()
    {
        lock (_lock)
        {
            _run?.GiveUp("it was stopped without a checkpoint");
            return _run?.Order.Run;
        }
    }

    private void CountLife(ActorId node)
    {
        if (!_known.Add(node))
        {
            LifeMeter.Restarted(node);
        }
    }

    private void RequireNoRun()
    {
        if (_isStarting || _run is not null)
        {
            throw new ClusterBusyException(_run?.Order.Run ?? "another one that is about to begin");
        }
    }

    /// <summary>A run that another life of this node began.</summary>
    private void TakeUp(RunOrder order)
    {
        var folder = _journal.Folder is { } path && Directory.Exists(path) ? RunFolder.Open(path) : RunStart.FolderOf(order, _options);
        Begin(order, folder, long.MaxValue);
        _recoversUntil = Now + _options.RecoverWithin;
        _postings!.Recover(Now);
    }

    private void Begin(RunOrder order, RunFolder folder, long firstVersion)
    {
        var spans = RunSpans.Begin(order.Run, order.Plan(), order.Trace);
        try
        {
            Begin(order with { Trace = spans?.Context ?? order.Trace }, folder, firstVersion, spans);
        }
        catch (Exception e)
        {
            spans?.End(e.Message);
            throw;
        }
    }

    private void Begin(RunOrder order, RunFolder folder, long firstVersion, RunSpans? spans)
    {
        _journal = new RunJournal(order.Number, order.ToJson(), folder.Root, _journal.Last);
        _journal.Write(_parts.Directory);
        _parts.Log.RunBegins(order.Run);
        _run = new DirectedRun(order, folder, firstVersion, spans, _parts, About, OnEnded, _options.Watcher);
        _postings = new Postings(_run.Hosted.Plan.Map.Partitions.Length, _options.ReplaceAfter);
        _gone.Clear();
        _run.Hosted.Add(new Posting(ActorId.Coordinator, _lives.Next()));
        TellPeers();
        Assign();
    }

    private void OnEnded(DirectedRun run) => _finishing = Task.Run(() => FinishAsync(run));

    private async Task FinishAsync(DirectedRun run)
    {
        try
        {
            lock (_lock)
            {
                if (_run != run)
                {
                    return;
                }

                _run = null;
                _last = run;
                _isStarting = true;
                foreach (var member in _members.Values)
                {
                    member.Step = null;
                    Send(member.Node.Name, new RunEnded(run.Order.Run));
                }
            }

            _parts.Data.Meet([]);
            var how = await run.CloseAsync().ConfigureAwait(false);
            _parts.Log.RunEnds(run.Order.Run, how);
            WriteEnd(run, how);
            _options.Watcher?.RunEnds(how, run.Result);
            await AddReportAsync(run).ConfigureAwait(false);
            lock (_lock)
            {
                _isStarting = false;
            }

            run.Tell();
            Directory.Delete(_parts.StateOf(run.Order.Run), recursive: true);
        }
        catch (Exception e)
        {
            _parts.Fail(e);
        }
    }

    /// <summary>From here on another life of this node does not go on with the run, whatever becomes of its report.</summary>
    private void WriteEnd(DirectedRun run, string how)
    {
        lock (_lock)
        {
            _journal = new RunJournal(run.Order.Number, null, null, ShortText.Of($"{run.Order.Run}: {how}"));
            _journal.Write(_parts.Directory);
        }
    }

    /// <summary>Followers fetch the folder with what this adds to it, unless it takes too long; a run is worth more than its report.</summary>
    private async Task AddReportAsync(DirectedRun run)
    {
        if (_options.RunFinished is not { } finished)
        {
            return;
        }

        try
        {
            await Task.Run(() => finished(run.Folder.Root)).WaitAsync(ReportLimit, _time).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _parts.Log.RunWithoutReport(run.Order.Run, e.Message);
        }
    }

    public ClusterStatus Status()
    {
        lock (_lock)
        {
            return new StatusWriter(_parts.Control, _self, _journal.Last, Now).Write(_run, _postings, _members.Values, _gone.Values);
        }
    }
}
