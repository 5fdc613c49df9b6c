using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>One actor's life on a host and a thread of its own; the coordinator and the sequencer share them.</summary>
internal sealed class HostedActor : IDisposable
{
    private readonly IDisposable? _runners;
    private readonly Action<Exception> _fail;
    private readonly Thread _thread;

    /// <param name="posting">The actor and its life.</param>
    /// <param name="actors">What runs.</param>
    /// <param name="host">Where it runs, and what its work needs; both are disposed with this.</param>
    /// <param name="fail">Told when it cannot go on.</param>
    public HostedActor(
        Posting posting, IReadOnlyList<(ActorId Id, IActor Actor)> actors, (ActorHost Host, IDisposable? Runners) host, Action<Exception> fail)
    {
        Posting = posting;
        Addresses = [.. actors.Select(actor => actor.Id)];
        (Host, _runners) = host;
        _fail = fail;
        foreach (var (id, actor) in actors)
        {
            Host.Add(id, actor, posting.Incarnation);
        }

        _thread = new Thread(Run) { IsBackground = true, Name = posting.Actor.ToString() };
    }

    public Posting Posting { get; }

    public ActorHost Host { get; }

    public IReadOnlyList<ActorId> Addresses { get; }

    public void Start() => _thread.Start();

    /// <summary>Waits until work under way is back.</summary>
    public void Dispose()
    {
        Host.End();
        _thread.Join();
        Host.Dispose();
        _runners?.Dispose();
    }

    private void Run()
    {
        try
        {
            Host.Run();
        }
        catch (Exception e)
        {
            _fail(e);
        }
    }
}
