namespace DistNet.Bench;

/// <summary>
/// Products on all threads while other threads keep the machine busy. Threads that wait for each other by spinning lose far more here
/// than their share of the processors.
/// </summary>
internal static class LoadBench
{
    private static readonly ProductShape[] Shapes = [new("square", 1024, 1024, 1024), new("forward", 128, 512, 784)];

    public static IReadOnlyList<LoadResult> Run(CoreBenchOptions options, OpenBlas? openBlas, Action<string> progress, CancellationToken stop)
    {
        var results = new List<LoadResult>();
        foreach (var shape in Shapes)
        {
            stop.ThrowIfCancellationRequested();
            progress($"{shape.Sizes}, {CoreBench.Threads(options.Threads)} beside load");
            using var data = new ProductData(shape);
            foreach (var (library, product) in CoreBench.Prepare(data, options.Threads, openBlas))
            {
                using (product)
                {
                    results.Add(new LoadResult(shape, library, options.Threads, options.Load, Slowdown(product, options), Fair(options)));
                }
            }
        }

        return results;
    }

    private static Spread Slowdown(IProduct product, CoreBenchOptions options)
    {
        var alone = CoreBench.SideOf("alone", product);
        var beside = new Side("beside", operations =>
        {
            using var load = new BusyThreads(options.Load);
            return alone.Run(operations);
        });
        return Interleaved.Run([alone, beside], options.Measure).TimeRatio(beside.Name, alone.Name);
    }

    private static double Fair(CoreBenchOptions options)
    {
        var processors = Environment.ProcessorCount;
        var alone = Math.Min(options.Threads, processors);
        var share = Math.Min(1, (double)processors / (options.Threads + options.Load));
        return alone / (share * options.Threads);
    }
}
