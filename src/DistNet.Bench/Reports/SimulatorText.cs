namespace DistNet.Bench;

/// <summary>A <see cref="SimulatorBenchReport"/> for people.</summary>
public static class SimulatorText
{
    public static void Write(TextWriter writer, SimulatorBenchReport report)
    {
        BenchTable.WriteHead(writer, report.Machine, report.Measure);
        var table = BenchTable.Of(1, "rule", "lanes", "events", "million events/s", "spread");
        foreach (var result in report.Results)
        {
            var rate = result.EventsPerSecond;
            table.With(
                result.Rule,
                BenchTable.Text($"{result.Lanes}"),
                BenchTable.Text($"{result.Events}"),
                BenchTable.Text($"{rate.Median / 1e6:0.00}"),
                BenchTable.Text($"{rate.Min / 1e6:0.00}..{rate.Max / 1e6:0.00}"));
        }

        BenchTable.Write(writer, table);
    }
}
