namespace DistNet.Actors;

/// <summary>Every lane computes on version t; their sum is update t + 1 (Valiant 1990). Staleness is always 0.</summary>
public sealed class BulkSynchronousRule : BarrierRule
{
    public override string Name => "bsp";

    public override int StepsPerUpdate => 1;
}
