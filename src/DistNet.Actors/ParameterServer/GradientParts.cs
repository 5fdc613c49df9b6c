using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>A gradient chunk summed over the samples of a tree node of lanes, and the loss of the same samples.</summary>
internal readonly record struct GradientPart(TensorSlice Values, double Loss);

/// <summary>
/// The chunks that workers push for one update, until every lane is in. They are not added here: that is work for another thread
/// (<see cref="LaneSum"/>), which reads each of them once.
/// </summary>
internal sealed class GradientParts(RunPlan plan) : TreeCover<GradientPart>
{
    private StepRange _steps;

    public void Begin(StepRange steps)
    {
        DiscardAll();
        Reset(plan.Tree.Root);
        _steps = steps;
    }

    /// <summary>All are in: hands them over. Whatever still comes for this update is covered.</summary>
    public void MoveTo(LaneSum sum)
    {
        sum.Begin(Root);
        foreach (var (node, part) in Held)
        {
            sum.Add(node, part);
        }

        Held.Clear();
        Held.Add((Root, default));
    }

    protected override int Weight(TreeNode node) => plan.SamplesOf(_steps, node);

    protected override void Discard(GradientPart value) => value.Values.Release();
}
