namespace DistNet.Actors;

/// <summary>
/// Each unit is an update as soon as it is held, and its lane goes on with the weights that include it: K-batch-async with K = 1
/// (Dutta et al. 2018, arXiv 1803.01113). With P lanes the mean staleness is P - 1.
/// </summary>
public sealed class AsynchronousRule : FreeRunningRule
{
    public override string Name => "asp";

    public override int UnitsPerUpdate(int lanes) => 1;
}
