namespace DistNet.Bench;

/// <summary>A <see cref="PlanesBenchReport"/> for people.</summary>
public static class PlanesText
{
    public static void Write(TextWriter writer, PlanesBenchReport report)
    {
        BenchTable.WriteHead(writer, report.Machine, report.Measure);
        var rates = BenchTable.Of(1, "between two processes", "tensor plane GB/s", "raw socket GB/s", "plane / raw");
        Add(rates, "1 MB frames one way", report.OneWay);
        Add(rates, "2.14 MB each way", report.Exchange);
        BenchTable.Write(writer, rates);
        var trips = BenchTable.Of(1, "control round trip", "count", "median ms", "p99 ms", "max ms");
        Add(trips, "quiet", report.ControlIdle);
        Add(trips, "while tensors flow", report.ControlLoaded);
        BenchTable.Write(writer, trips);
    }

    private static void Add(Spectre.Console.Table table, string name, PlaneResult result) => table.With(
        name, BenchTable.Billions(result.PlaneBytesPerSecond), BenchTable.Billions(result.RawBytesPerSecond), BenchTable.Ratio(result.OverRaw));

    private static void Add(Spectre.Console.Table table, string name, RoundTrips trips) => table.With(
        name, BenchTable.Text($"{trips.Count}"), Milliseconds(trips.Median), Milliseconds(trips.P99), Milliseconds(trips.Max));

    private static string Milliseconds(double seconds) => BenchTable.Text($"{seconds * 1000:0.000}");
}
