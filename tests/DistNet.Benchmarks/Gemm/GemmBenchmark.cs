using System.Globalization;
using DistNet.Numerics;

namespace DistNet.Benchmarks;

/// <summary>The kernels against each other and against the plain judge, on one thread, on the shapes of a training step.</summary>
internal static class GemmBenchmark
{
    private const int Rounds = 7;

    private static readonly Shape[] Shapes =
    [
        new("square", 1024, 1024, 1024, false, false),
        new("forward", 128, 512, 784, false, false),
        new("forward, few columns", 128, 10, 256, false, false),
        new("weight gradient, A transposed", 784, 512, 128, true, false),
        new("data gradient, B transposed", 128, 784, 512, false, true),
    ];

    public static void Run(TextWriter output)
    {
        foreach (var shape in Shapes)
        {
            using var product = new GemmProduct(shape);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{shape.Name}: {shape.M} x {shape.N} x {shape.K}"));
            var naive = product.NaiveRate();
            output.WriteLine(Line("naive", naive, 1));
            foreach (var (kernel, rate) in Medians(product))
            {
                output.WriteLine(Line(kernel.Name, rate, rate / naive));
            }
        }
    }

    /// <summary>Kernels take turns within a round, so that a busy moment of the machine meets all of them.</summary>
    private static IEnumerable<(GemmKernel Kernel, double Rate)> Medians(GemmProduct product)
    {
        var rates = GemmKernel.Supported.ToDictionary(kernel => kernel, _ => new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (kernel, list) in rates)
            {
                list.Add(product.Rate(kernel));
            }
        }

        return rates.Select(pair => (pair.Key, pair.Value.Order().ElementAt(Rounds / 2)));
    }

    private static string Line(string name, double rate, double ratio) =>
        string.Create(CultureInfo.InvariantCulture, $"  {name,-10} {rate,8:F1} GFLOP/s {ratio,8:F1} x naive");
}
