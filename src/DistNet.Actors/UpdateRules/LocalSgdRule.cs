namespace DistNet.Actors;

/// <summary>
/// Local SGD (Stich 2018, arXiv 1805.09767): from version t each lane takes H plain-SGD steps of its own, and pushes the sum of their gradient sums,
/// each times its rate over the first one's. Servers treat it as the gradient of one update, so with plain SGD the result is the mean of the
/// lanes' weights, and with H = 1 it is bsp, bit for bit.
/// </summary>
public sealed class LocalSgdRule(int steps) : BarrierRule
{
    public override string Name => $"local:{steps}";

    public override int StepsPerUpdate => steps;
}
