using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>A thread for each actor, that starts it and fires its timers. Whoever brings it something runs the turns that follow.</summary>
internal sealed class ThreadRunner : IActorRunner
{
    public TimeProvider Time => TimeProvider.System;

    public IRunningActor Create(ActorId actor, ActorHost host, Action<Exception> fail) => new RunningThread(actor, host, fail);

    private sealed class RunningThread : IRunningActor
    {
        private readonly ActorHost _host;
        private readonly Action<Exception> _fail;
        private readonly Thread _thread;

        public RunningThread(ActorId actor, ActorHost host, Action<Exception> fail)
        {
            _host = host;
            _fail = fail;
            _thread = new Thread(Run) { IsBackground = true, Name = actor.ToString() };
        }

        public void Start() => _thread.Start();

        public void Deliver(Envelope envelope) => _host.Deliver(envelope);

        public void PeerUp(ActorId peer, long incarnation) => _host.PeerUp(peer, incarnation);

        public void PeerDown(ActorId peer, long incarnation) => _host.PeerDown(peer, incarnation);

        public void Dispose()
        {
            _host.End();
            _thread.Join();
        }

        private void Run()
        {
            try
            {
                _host.Run();
            }
            catch (Exception e)
            {
                _fail(e);
            }
        }
    }
}
