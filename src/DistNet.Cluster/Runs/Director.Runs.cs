using DistNet.Hosting;
using DistNet.Protocol;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>The beginning and the end of runs.</summary>
internal sealed partial class Director
{
    /// <summary>Begins a run.</summary>
    /// <param name="config">Its options, as JSON.</param>
    /// <param name="sendsData">Whether nodes fetch the data from here.</param>
    /// <param name="giveUpAfter">How long it waits for want of nodes.</param>
    /// <param name="resume">Name of a run folder here to go on in; null: a new run.</param>
    /// <returns>Its name.</returns>
    /// <exception cref="ClusterBusyException">There is one already.</exception>
    /// <exception cref="UsageException">The options, or the data, are not right.</exception>
    public async Task<string> StartAsync(string config, bool sendsData, TimeSpan? giveUpAfter, string? resume)
    {
        lock (_lock)
        {
            RequireNoRun();
            _isStarting = true;
        }

        try
        {
            await _finishing.ConfigureAwait(false);
            var start = await Task.Run(() => RunStart.Prepare(config, _options, _journal.LastNumber + 1, sendsData, giveUpAfter, resume, _parts)).ConfigureAwait(false);
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
        _journal = new RunJournal(order.Number, order.ToJson(), folder.Root, _journal.Last);
        _journal.Write(_parts.Directory);
        _parts.Log.RunBegins(order.Run);
        _run = new DirectedRun(order, folder, firstVersion, _parts, About, OnEnded, _options.Watcher);
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
            _options.Watcher?.RunEnds(how, run.Result);
            await (_options.RunFinished?.Invoke(run.Folder.Root) ?? Task.CompletedTask).ConfigureAwait(false);
            lock (_lock)
            {
                _journal = new RunJournal(run.Order.Number, null, null, $"{run.Order.Run}: {how}");
                _journal.Write(_parts.Directory);
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

    public ClusterStatus Status()
    {
        lock (_lock)
        {
            return new StatusWriter(_parts.Control, _self, _journal.Last, Now).Write(_run, _postings, _members.Values, _gone.Values);
        }
    }
}
