using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>Watches one simulated run from outside, and says at its end what was wrong with it. It changes nothing, and is for one run.</summary>
public interface IRunChecker
{
    /// <summary>An actor is about to be given an input, which is valid during the call only.</summary>
    public void OnInput(ActorId actor, in Input input)
    {
    }

    /// <summary>An actor has observed something; the envelope is valid during the call only, and its tensors are not the checker's.</summary>
    public void OnObserved(TimeSpan now, Envelope envelope)
    {
    }

    /// <summary>The run has ended: what was wrong with it, in a line, or null.</summary>
    public string? Problem(SimulationResult result);
}
