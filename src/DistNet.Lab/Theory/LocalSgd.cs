namespace DistNet.Lab;

/// <summary>H steps of every worker by itself, then one exchange (Stich 2018, arXiv 1805.09767). H = 1 is BSP. Its noise floor is <see cref="NoiseFloors.LocalSteps"/>.</summary>
public static class LocalSgd
{
    /// <summary>Exchanges over those of BSP with the same gradients: 1 / H.</summary>
    public static double CommunicationShare(int localSteps) => 1.0 / localSteps;
}
