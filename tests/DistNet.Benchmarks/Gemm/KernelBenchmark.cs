using DistNet.Bench;
using DistNet.Numerics;

namespace DistNet.Benchmarks;

/// <summary>The kernels against each other and against the plain judge, on one thread, on the shapes of a training step.</summary>
internal static class KernelBenchmark
{
    private const string Judge = "judge";

    private static readonly Shape[] Shapes =
    [
        new("square", 512, 512, 512, false, false),
        new("forward", 128, 512, 784, false, false),
        new("forward, few columns", 128, 10, 256, false, false),
        new("weight gradient, A transposed", 784, 512, 128, true, false),
        new("data gradient, B transposed", 128, 784, 512, false, true),
    ];

    public static void Run(MeasureOptions options, TextWriter output)
    {
        BenchTable.WriteHead(output, MachineReport.OfThis(), options);
        foreach (var shape in Shapes)
        {
            using var product = new GemmProduct(shape);
            var sides = GemmKernel.Supported.Select(kernel => new Side(kernel.Name, times => product.Seconds(kernel, times)));
            Write(shape, Interleaved.Run([new Side(Judge, product.JudgeSeconds), .. sides], options), output);
        }
    }

    private static void Write(Shape shape, Comparison result, TextWriter output)
    {
        var table = BenchTable.Of(1, BenchTable.Text($"{shape.Name}, {shape.M} x {shape.N} x {shape.K}"), "GFLOP/s", "times the judge");
        foreach (var side in GemmKernel.Supported.Select(kernel => kernel.Name).Prepend(Judge))
        {
            table.With(side, BenchTable.Billions(result.Rate(side, shape.Operations)), BenchTable.Ratio(result.TimeRatio(Judge, side)));
        }

        BenchTable.Write(output, table);
    }
}
