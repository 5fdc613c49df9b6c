namespace DistNet.Bench;

/// <summary>What the machine can do at best, measured.</summary>
/// <param name="Threads">Threads at once.</param>
/// <param name="Loops">Rate of fused multiply-adds for each instruction set.</param>
/// <param name="MemoryBytesPerSecond">Bandwidth of main memory.</param>
public sealed record PeakReport(int Threads, IReadOnlyList<LoopRate> Loops, Spread MemoryBytesPerSecond)
{
    /// <summary>The fastest loop; shares of peak are shares of it.</summary>
    public LoopRate Best => Loops.MaxBy(loop => loop.FlopsPerSecond.Median)!;
}

/// <summary>Floating-point operations a second with one instruction set.</summary>
public sealed record LoopRate(string InstructionSet, Spread FlopsPerSecond);

/// <summary>Measures the machine itself.</summary>
public static class MachinePeak
{
    private const int IterationsPerOperation = 20_000;
    private const string Triad = "triad";

    public static PeakReport Measure(int threads, MeasureOptions options)
    {
        using var triad = new MemoryTriad();
        var loops = FmaLoop.Supported;
        var result = Interleaved.Run([.. loops.Select(loop => SideOf(loop, threads)), triad.Side(Triad, threads)], options);
        return new PeakReport(
            threads,
            [.. loops.Select(loop => new LoopRate(loop.Name, result.Rate(loop.Name, WorkOf(loop, threads))))],
            result.Rate(Triad, MemoryTriad.BytesPerOperation));
    }

    /// <summary>The loop of an instruction set as a side, so that shares of peak are ratios within a round.</summary>
    internal static (Side Side, double Work) SideOf(PeakReport peak)
    {
        var loop = FmaLoop.Supported.Single(loop => loop.Name == peak.Best.InstructionSet);
        return (SideOf(loop, peak.Threads), WorkOf(loop, peak.Threads));
    }

    private static double WorkOf(FmaLoop loop, int threads) => (double)loop.Operations * IterationsPerOperation * threads;

    private static Side SideOf(FmaLoop loop, int threads) => new(loop.Name, operations => Together.Seconds(threads, _ =>
    {
        for (var i = 0; i < operations; i++)
        {
            loop.Run(IterationsPerOperation);
        }
    }));
}
