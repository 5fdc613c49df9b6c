namespace DistNet.Numerics;

/// <summary>
/// C [M, N] = the sum over lanes of A_lane^T x B_lane, added in the fixed tree (<see cref="SummationTree"/> over the lanes):
/// the gradient of a weight matrix. Empty lanes and subtrees are skipped; without any row C is zero. Views only.
/// </summary>
public readonly ref struct LaneProduct
{
    /// <summary>[rows, M].</summary>
    public required Matrix A { get; init; }

    /// <summary>[rows, N].</summary>
    public required PackedMatrix B { get; init; }

    /// <summary>Overwritten; must not overlap A.</summary>
    public required Matrix C { get; init; }

    /// <summary>First row of each lane, then the row after the last; must not fall. Other rows are left out.</summary>
    public required ReadOnlySpan<int> Bounds { get; init; }
}
