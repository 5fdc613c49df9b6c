using DistNet.Protocol;

namespace DistNet.Actors.Tests;

/// <summary>Cuts of the first partition as a disk gives them back; of parameters alone.</summary>
internal static class Cuts
{
    public static PartitionCut Of(RunPlan plan, TensorPool pool, long version, long generation)
    {
        var range = plan.Map.Partitions[0];
        return new PartitionCut(0, range.Offset, range.Length, generation, ApplyLog.Empty with { Version = version }, pool.Rent(range.PaddedLength).All, []);
    }
}
