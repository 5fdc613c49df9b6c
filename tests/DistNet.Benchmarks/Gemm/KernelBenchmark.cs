using DistNet.Bench;
using DistNet.Numerics;

namespace DistNet.Benchmarks;

/// <summary>The kernels against each other and against the plain judge, on one thread, on the shapes of a training step.</summary>
internal static class KernelBenchmark
{
    private const string Judge = "judge";

    private static readonly ProductShape[] Shapes =
    [
        new("square", 512, 512, 512),
        new("forward", 128, 512, 784),
        new("forward, few columns", 128, 10, 256),
        new("weight gradient, A transposed", 784, 512, 128, TransposeA: true),
        new("data gradient, B transposed", 128, 784, 512, TransposeB: true),
    ];

    public static void Run(MeasureOptions options, TextWriter output)
    {
        BenchTable.WriteHead(output, MachineReport.OfThis(), options);
        foreach (var shape in Shapes)
        {
            using var data = new ProductData(shape);
            using var judge = new JudgeProduct(data);
            List<OurProduct> kernels = [.. GemmKernel.Supported.Select(kernel => new OurProduct(data, threads: 1, kernel))];
            var sides = kernels.Zip(GemmKernel.Supported, (product, kernel) => SideOf(kernel.Name, product));
            Write(shape, Interleaved.Run([SideOf(Judge, judge), .. sides], options), output);
            kernels.ForEach(product => product.Dispose());
        }
    }

    private static Side SideOf(string name, IProduct product) => new(name, times => CoreBench.Seconds(product, times));

    private static void Write(ProductShape shape, Comparison result, TextWriter output)
    {
        var table = BenchTable.Of(1, BenchTable.Text($"{shape.Name}, {shape.Sizes}"), "GFLOP/s", "times the judge");
        foreach (var side in GemmKernel.Supported.Select(kernel => kernel.Name).Prepend(Judge))
        {
            table.With(side, BenchTable.Billions(result.Rate(side, shape.Work)), BenchTable.Ratio(result.TimeRatio(Judge, side)));
        }

        BenchTable.Write(output, table);
    }
}
