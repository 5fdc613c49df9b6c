using System.Text.Json;

namespace DistNet.Cli.Tests;

/// <summary>The real program measures; with hardly any time to do it in, figures mean nothing, but all of them are there.</summary>
public sealed class BenchTests
{
    [Fact]
    public async Task Every_product_is_measured_on_one_and_on_two_threads()
    {
        var result = await RunAsync("core");

        var parts = result.GetProperty("parts").EnumerateArray().ToArray();
        parts.Select(part => part.GetProperty("threads").GetInt32()).ShouldBe([1, 2]);
        foreach (var part in parts)
        {
            part.GetProperty("products").GetArrayLength().ShouldBe(13);
            part.GetProperty("peak").GetProperty("best").GetProperty("flopsPerSecond").GetProperty("median").GetDouble().ShouldBeGreaterThan(0);
        }

        result.GetProperty("against").ValueKind.ShouldBe(JsonValueKind.Null);
        result.GetProperty("machine").GetProperty("processors").GetInt32().ShouldBe(Environment.ProcessorCount);
    }

    [Fact]
    public async Task Every_network_is_measured_and_so_is_what_a_step_allocates()
    {
        var result = await RunAsync("step");

        var networks = result.GetProperty("networks").EnumerateArray().ToArray();
        networks.Select(network => network.GetProperty("network").GetProperty("name").GetString())
            .ShouldBe(["784-512-256-10", "784-128-10", "30-20-10-5-1"]);
        networks[0].GetProperty("setups").EnumerateArray().Select(setup => setup.GetProperty("setup").GetProperty("lanes").GetInt32())
            .ShouldBe([1, 1, 8, 2, 2, 2]);
        networks.ShouldAllBe(network => network.GetProperty("setups").EnumerateArray().Last().GetProperty("setup").GetProperty("records").GetBoolean());
        networks.ShouldAllBe(network => network.GetProperty("ratios").EnumerateArray().Last().GetProperty("value").GetProperty("median").GetDouble() > 0);
        networks.ShouldAllBe(network => network.GetProperty("ratios")[0].GetProperty("value").GetProperty("median").GetDouble() > 0);
        result.GetProperty("allocation").GetProperty("steps").GetInt32().ShouldBe(1000);
    }

    [Fact]
    public async Task The_simulator_is_measured_in_every_size()
    {
        var results = (await RunAsync("simulator")).GetProperty("results").EnumerateArray().ToArray();
        results.Select(result => $"{result.GetProperty("rule").GetString()} {result.GetProperty("lanes").GetInt32()}")
            .ShouldBe(["asp 8", "asp 64", "asp 1000", "bsp 8", "bsp 64", "bsp 1000"]);
        results.ShouldAllBe(result => result.GetProperty("eventsPerSecond").GetProperty("median").GetDouble() > 0);
    }

    private static async Task<JsonElement> RunAsync(string what)
    {
        string[] args = ["bench", what, "--rounds", "1", "--budget", "0.001", "--threads", "2", "--format", "json"];
        var outcome = await CommandProcess.RunAsync(Path.GetTempPath(), args);
        outcome.ExitCode.ShouldBe(0, outcome.Error);
        return JsonDocument.Parse(outcome.Out).RootElement;
    }
}
