using System.Diagnostics;
using System.Globalization;
using DistNet.Numerics;

namespace DistNet.Bench;

/// <summary>
/// The matrix core on the shapes of training: rate, share of the machine's peak, and ratio to another library where one is given. All of
/// one shape and number of threads are measured in turns.
/// </summary>
public static class CoreBench
{
    internal const string Ours = "DistNet";
    private const float Tolerance = 1e-6f;

    /// <summary>Throws <see cref="Hosting.UsageException"/> when the other library cannot be loaded.</summary>
    /// <param name="options">What to measure.</param>
    /// <param name="progress">Told in a few words what comes next.</param>
    /// <param name="stop">Ends the measurement between two shapes.</param>
    public static CoreBenchReport Run(CoreBenchOptions options, Action<string> progress, CancellationToken stop)
    {
        using var openBlas = options.AgainstOpenBlas ? OpenBlas.Load(options.OpenBlasPath) : null;
        var parts = new List<CorePart>();
        foreach (var threads in options.ThreadCounts)
        {
            progress($"peak, {Threads(threads)}");
            var peak = MachinePeak.Measure(threads, options.Measure);
            parts.Add(Measure(peak, openBlas, options.Measure, progress, stop));
        }

        var load = options.Load > 0 ? LoadBench.Run(options, openBlas, progress, stop) : [];
        return new CoreBenchReport(MachineReport.OfThis(), options.Measure, openBlas?.Description, parts, load);
    }

    /// <summary>Our product first, then the other library's.</summary>
    internal static IReadOnlyList<(string Library, IProduct Product)> Prepare(ProductData data, int threads, OpenBlas? openBlas)
    {
        var ours = (Ours, (IProduct)new OurProduct(data, threads));
        return openBlas is null ? [ours] : [ours, (OpenBlas.Name, openBlas.Prepare(data, threads))];
    }

    internal static Side SideOf(string name, IProduct product) => new(name, operations => Seconds(product, operations));

    internal static string Threads(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} thread{(count == 1 ? "" : "s")}");

    /// <summary>Time of so many multiplications.</summary>
    internal static double Seconds(IProduct product, int operations)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < operations; i++)
        {
            product.Multiply();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static CorePart Measure(PeakReport peak, OpenBlas? openBlas, MeasureOptions options, Action<string> progress, CancellationToken stop)
    {
        var products = new List<ProductResult>();
        var ratios = new List<IReadOnlyList<double>>();
        foreach (var shape in ProductShape.All)
        {
            stop.ThrowIfCancellationRequested();
            progress($"{shape.Sizes}, {Threads(peak.Threads)}");
            var comparison = Compare(shape, peak, openBlas, options);
            var limit = MachinePeak.SideOf(peak);
            var share = comparison.TimeRatios(limit.Side.Name, Ours).Select(ratio => ratio * shape.Work / limit.Work);
            products.Add(new ProductResult(shape, comparison.Rate(Ours, shape.Work), Spread.Of(share), null, null));
            if (openBlas is not null)
            {
                ratios.Add(comparison.TimeRatios(OpenBlas.Name, Ours));
                products[^1] = products[^1] with { AgainstFlops = comparison.Rate(OpenBlas.Name, shape.Work), Ratio = Spread.Of(ratios[^1]) };
            }
        }

        return new CorePart(peak, products, openBlas is null ? null : Spread.GeometricMean(ratios));
    }

    private static Comparison Compare(ProductShape shape, PeakReport peak, OpenBlas? openBlas, MeasureOptions options)
    {
        using var data = new ProductData(shape);
        var products = Prepare(data, peak.Threads, openBlas);
        try
        {
            var result = Interleaved.Run([.. products.Select(p => SideOf(p.Library, p.Product)), MachinePeak.SideOf(peak).Side], options);
            RequireSame(shape, products[0].Product.C, products[^1].Product.C);
            return result;
        }
        finally
        {
            foreach (var (_, product) in products)
            {
                product.Dispose();
            }
        }
    }

    /// <summary>A library that is called wrongly may be very fast. Factors are at most 1, so that K bounds the sum of magnitudes.</summary>
    private static void RequireSame(ProductShape shape, Matrix ours, Matrix theirs)
    {
        for (var row = 0; row < shape.M; row++)
        {
            for (var column = 0; column < shape.N; column++)
            {
                if (!(Math.Abs(ours.Row(row)[column] - theirs.Row(row)[column]) <= Tolerance * shape.K))
                {
                    throw new InvalidOperationException($"{shape.Sizes}: the results differ at ({row}, {column}).");
                }
            }
        }
    }
}
