namespace DistNet.Bench;

/// <summary>A <see cref="ClusterBenchReport"/> for people.</summary>
public static class ClusterText
{
    public static void Write(TextWriter writer, ClusterBenchReport report)
    {
        BenchTable.WriteHead(writer, report.Machine, report.Measure);
        var rates = BenchTable.Of(1, "784-512-256-10, 64 samples a worker", "samples/s", "over in-process");
        rates.With("cluster: 1 server, 2 workers, each a process", BenchTable.Text($"{report.ClusterSamplesPerSecond.Median:0}"), BenchTable.Ratio(report.OverInProcess));
        rates.With("the same through sockets, as between machines", BenchTable.Text($"{report.SocketSamplesPerSecond.Median:0}"), BenchTable.Ratio(report.SocketsOverInProcess));
        rates.With("in-process: 2 workers", BenchTable.Text($"{report.InProcessSamplesPerSecond.Median:0}"), "");
        BenchTable.Write(writer, rates);
        var times = BenchTable.Of(1, "cluster of 4 workers", "seconds");
        times.With("kill of a worker to its name on screen", BenchTable.Ratio(report.KillToName));
        times.With("kill of a worker to the next step", BenchTable.Ratio(report.KillToStep));
        times.With("distnet up --workers 4 to the first loss", BenchTable.Ratio(report.UpToLoss));
        BenchTable.Write(writer, times);
    }

    public static void Write(TextWriter writer, IReadOnlyList<BandwidthResult> results)
    {
        var table = BenchTable.Of(1, "all links together", "samples/s", "of unlimited");
        foreach (var result in results)
        {
            table.With(
                result.MegabitsPerSecond is { } megabits ? BenchTable.Text($"{megabits} Mbit/s") : "no limit",
                BenchTable.Text($"{result.SamplesPerSecond:0}"),
                BenchTable.Percent(result.SamplesPerSecond / results[^1].SamplesPerSecond));
        }

        BenchTable.Write(writer, table);
    }
}
