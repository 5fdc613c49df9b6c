using System.Text.Json;

namespace DistNet.Bench;

/// <summary>Reports as one JSON object: every figure as median, min and max, times in seconds, rates in operations a second.</summary>
public static class BenchJson
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static string Of(CoreBenchReport report) => JsonSerializer.Serialize(report, Options);

    public static string Of(PlanesBenchReport report) => JsonSerializer.Serialize(report, Options);

    public static string Of(ClusterBenchReport report) => JsonSerializer.Serialize(report, Options);

    public static string Of(IReadOnlyList<BandwidthResult> results) => JsonSerializer.Serialize(results, Options);

    public static string Of(SimulatorBenchReport report) => JsonSerializer.Serialize(report, Options);

    public static string Of(StepBenchReport report) => JsonSerializer.Serialize(report, Options);
}
