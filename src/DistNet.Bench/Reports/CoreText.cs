namespace DistNet.Bench;

/// <summary>A <see cref="CoreBenchReport"/> for people.</summary>
public static class CoreText
{
    public static void Write(TextWriter writer, CoreBenchReport report)
    {
        BenchTable.WriteHead(writer, report.Machine, report.Measure);
        writer.WriteLine(report.Against is null ? "no other library; --against openblas compares" : $"against {report.Against}");
        BenchTable.WritePeaks(writer, report.Parts.Select(part => part.Peak));
        foreach (var part in report.Parts)
        {
            WritePart(writer, part);
        }

        if (report.Load.Count > 0)
        {
            WriteLoad(writer, report.Load);
        }
    }

    private static void WritePart(TextWriter writer, CorePart part)
    {
        var table = part.RatioMean is null
            ? BenchTable.Of(2, CoreBench.Threads(part.Threads), "M x N x K", "GFLOP/s", "of peak")
            : BenchTable.Of(2, CoreBench.Threads(part.Threads), "M x N x K", "GFLOP/s", "of peak", OpenBlas.Name, "ratio");
        foreach (var product in part.Products)
        {
            string[] cells =
            [
                product.Shape.Name,
                product.Shape.Sizes,
                BenchTable.Billions(product.Flops),
                BenchTable.Percent(product.ShareOfPeak.Median),
                .. product is { AgainstFlops: { } flops, Ratio: { } ratio } ? [BenchTable.Billions(flops), BenchTable.Ratio(ratio)] : Array.Empty<string>(),
            ];
            table.With(cells);
        }

        BenchTable.Write(writer, table);
        WriteSummary(writer, part);
    }

    private static void WriteSummary(TextWriter writer, CorePart part)
    {
        var (lowest, highest) = part.ComputeBoundShares();
        writer.WriteLine($"  compute-bound shapes reach {BenchTable.Percent(lowest)} to {BenchTable.Percent(highest)} of peak");
        if (part is { RatioMean: { } mean, Worst: { } worst })
        {
            writer.WriteLine($"  geometric mean of the ratios {BenchTable.Ratio(mean)}; worst {BenchTable.Ratio(worst.Ratio!.Value)} at {worst.Shape.Sizes}");
        }
    }

    private static void WriteLoad(TextWriter writer, IReadOnlyList<LoadResult> load)
    {
        var table = BenchTable.Of(2, BenchTable.Text($"beside {load[0].BusyThreads} busy"), "M x N x K", "threads", "slower by", "fair share");
        foreach (var result in load)
        {
            table.With(
                result.Library, result.Shape.Sizes, BenchTable.Text($"{result.Threads}"), BenchTable.Ratio(result.Slowdown), BenchTable.Text($"{result.FairSlowdown:0.00}"));
        }

        BenchTable.Write(writer, table);
    }
}
