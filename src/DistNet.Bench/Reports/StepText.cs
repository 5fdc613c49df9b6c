namespace DistNet.Bench;

/// <summary>A <see cref="StepBenchReport"/> for people.</summary>
public static class StepText
{
    public static void Write(TextWriter writer, StepBenchReport report)
    {
        BenchTable.WriteHead(writer, report.Machine, report.Measure);
        BenchTable.WritePeaks(writer, report.Peaks);
        foreach (var network in report.Networks)
        {
            WriteSteps(writer, network);
        }

        var ratios = BenchTable.Of(2, "network", "step time", "ratio");
        foreach (var network in report.Networks)
        {
            foreach (var ratio in network.Ratios)
            {
                ratios.With(network.Network.Name, ratio.Name, BenchTable.Ratio(ratio.Value));
            }
        }

        BenchTable.Write(writer, ratios);
        var (allocation, bytes) = (report.Allocation, report.Allocation.BytesPerStep);
        writer.WriteLine(BenchTable.Text(
            $"  allocated: {bytes:0.0} bytes a step ({StepNetwork.Large.Name}, {allocation.Workers} workers, 1 server, {allocation.Lanes} lanes, {allocation.Steps} steps)"));
    }

    private static void WriteSteps(TextWriter writer, NetworkResult result)
    {
        var title = BenchTable.Text($"{result.Network.Name}, batch {result.Network.Batch}");
        var table = BenchTable.Of(1, title, "lanes", "us a step", "samples/s", "of peak");
        foreach (var setup in result.Setups)
        {
            table.With(
                setup.Setup.Name,
                BenchTable.Text($"{setup.Setup.Lanes}"),
                BenchTable.Text($"{setup.SecondsPerStep.Median * 1e6:0.0}"),
                BenchTable.Text($"{setup.SamplesPerSecond.Median:0}"),
                BenchTable.Percent(setup.ShareOfPeak));
        }

        BenchTable.Write(writer, table);
    }
}
