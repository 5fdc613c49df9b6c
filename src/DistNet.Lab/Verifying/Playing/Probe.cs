using DistNet.Protocol;
using DistNet.Simulation;

namespace DistNet.Lab;

/// <summary>Sees what happens in a run, and keeps what a check needs of it. What it is shown is valid during the call only.</summary>
internal abstract class Probe
{
    /// <summary>The same run, seen by these.</summary>
    public static SimulationSetup Attach(SimulationSetup setup, params Probe[] probes) => probes.Length == 0 ? setup : setup with
    {
        Tracer = (actor, input) => Array.ForEach(probes, probe => probe.OnInput(actor, input)),
        Observer = (now, observed) => Observe(probes, now, observed),
    };

    /// <summary>An actor is about to be given an input.</summary>
    public virtual void OnInput(ActorId actor, in Input input)
    {
    }

    /// <summary>An update has been applied everywhere.</summary>
    /// <param name="now">Virtual time.</param>
    /// <param name="update">Which, with its mean loss.</param>
    public virtual void OnUpdate(TimeSpan now, in Advanced update)
    {
    }

    private static void Observe(Probe[] probes, TimeSpan now, Envelope observed)
    {
        if (observed is Envelope<Advanced> update)
        {
            foreach (var probe in probes)
            {
                probe.OnUpdate(now, update.Message);
            }
        }
    }
}
