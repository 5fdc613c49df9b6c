namespace DistNet.Bench;

/// <summary>What <see cref="CoreBench"/> measured. Ratios are the other side's time over ours: above 1 we are faster.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Measure">How long and how often.</param>
/// <param name="Against">The other library, as it describes itself; null: none.</param>
/// <param name="Parts">One for each number of threads.</param>
/// <param name="Load">Products beside busy threads; empty when not asked for.</param>
public sealed record CoreBenchReport(
    MachineReport Machine, MeasureOptions Measure, string? Against, IReadOnlyList<CorePart> Parts, IReadOnlyList<LoadResult> Load);

/// <summary>All products with one number of threads.</summary>
/// <param name="Peak">The machine's limits with as many threads.</param>
/// <param name="Products">One for each shape.</param>
/// <param name="RatioMean">Geometric mean of all ratios; null without another library.</param>
public sealed record CorePart(PeakReport Peak, IReadOnlyList<ProductResult> Products, Spread? RatioMean)
{
    public int Threads => Peak.Threads;

    /// <summary>The product with the lowest ratio; null without another library.</summary>
    public ProductResult? Worst => RatioMean is null ? null : Products.MinBy(product => product.Ratio!.Value.Median);

    /// <summary>The lowest and highest share of peak among shapes that memory does not limit.</summary>
    public (double Lowest, double Highest) ComputeBoundShares()
    {
        var shares = Products.Where(product => product.Shape.IsComputeBound).Select(product => product.ShareOfPeak.Median).ToArray();
        return (shares.Min(), shares.Max());
    }
}

/// <summary>One product.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="Flops">Our operations a second.</param>
/// <param name="ShareOfPeak">Of the machine's peak, measured in the same rounds.</param>
/// <param name="AgainstFlops">The other library's operations a second.</param>
/// <param name="Ratio">The other library's time over ours.</param>
public sealed record ProductResult(ProductShape Shape, Spread Flops, Spread ShareOfPeak, Spread? AgainstFlops, Spread? Ratio);

/// <summary>A product alone and beside busy threads, on all threads.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="Library">Whose product.</param>
/// <param name="Threads">Threads of the product.</param>
/// <param name="BusyThreads">Threads beside it.</param>
/// <param name="Slowdown">Time beside them over time alone.</param>
/// <param name="FairSlowdown">What it would be if the system shared its processors evenly among all threads and nothing else were lost.</param>
public sealed record LoadResult(ProductShape Shape, string Library, int Threads, int BusyThreads, Spread Slowdown, double FairSlowdown);
