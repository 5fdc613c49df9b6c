using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>The norm of one gradient from the shares of all partitions, in the fixed tree over blocks.</summary>
internal sealed class NormFold(RunPlan plan)
{
    private readonly BlockNormFold _fold = new(plan.Layout.BlockCount);

    /// <summary>Valid when complete.</summary>
    public float ClipFactor => BlockNorms.ClipFactor(_fold.Total, plan.Clipping.Norm!.Value);

    /// <summary>True when every partition's share is in.</summary>
    public bool Add(IReadOnlyList<BlockNorm> share)
    {
        for (var i = 0; i < share.Count; i++)
        {
            _fold.Add(share[i].Blocks, share[i].Sum);
        }

        return _fold.IsComplete;
    }

    public void Clear() => _fold.Clear();
}
