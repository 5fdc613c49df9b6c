using DistNet.Protocol;

namespace DistNet.Lab;

/// <summary>Sees what happens in a run, and keeps what a check needs of it. What it is shown is valid during the call only.</summary>
internal abstract class Probe
{
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
}
