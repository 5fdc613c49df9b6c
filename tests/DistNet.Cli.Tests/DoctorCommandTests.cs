using System.Text.Json.Nodes;
using DistNet.Hosting;
using DistNet.Numerics;

namespace DistNet.Cli.Tests;

public sealed class DoctorCommandTests
{
#if AKKA
    private const bool HasAkka = true;
#else
    private const bool HasAkka = false;
#endif

    [Fact]
    public async Task Text_says_what_is_there_a_line_each()
    {
        var lines = (await TextAsync()).ToDictionary(line => line[..15].TrimEnd(), line => line[15..]);

        lines.Keys.ShouldBe(["distnet", ".NET", "processor", "kernel", "arithmetic", "processors", "memory", "shared memory", "Akka.Cluster", "telemetry"]);
        lines["distnet"].ShouldBe(ThisProgram.Version);
        lines["kernel"].ShouldBe(GemmKernel.Default.Name);
        lines["arithmetic"].ShouldBe(ArithmeticProbe.Hash());
        lines["processors"].ShouldBe($"{Environment.ProcessorCount} may be used");
        lines["memory"].ShouldMatch(@"^[0-9]+\.[0-9] GiB may be used$");
        lines["shared memory"].ShouldStartWith(OperatingSystem.IsLinux() ? "works" : "does not work");
        lines["telemetry"].ShouldBe("nowhere: OTEL_EXPORTER_OTLP_ENDPOINT is not set");
    }

    [Fact]
    public async Task A_build_without_Akka_says_how_to_get_it_and_one_with_it_which()
    {
        var line = (await TextAsync()).Single(line => line.StartsWith("Akka.Cluster", StringComparison.Ordinal))[15..];

        line.ShouldMatch(HasAkka ? @"^[0-9]+\.[0-9]+\.[0-9]+" : "^not in this build; .*-p:Akka=true$");
    }

    [Fact]
    public async Task Json_is_one_object()
    {
        var runner = new CommandRunner { Environment = [new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317")] };
        (await runner.RunAsync("doctor", "--format", "json")).ShouldBe(ExitCode.Done, runner.Error);

        var json = JsonNode.Parse(runner.Out)!;
        json["version"]!.GetValue<string>().ShouldBe(ThisProgram.Version);
        json["machine"]!["kernel"]!.GetValue<string>().ShouldBe(GemmKernel.Default.Name);
        json["machine"]!["processors"]!.GetValue<int>().ShouldBe(Environment.ProcessorCount);
        json["arithmetic"]!.GetValue<string>().ShouldBe(ArithmeticProbe.Hash());
        json["memoryBytes"]!.GetValue<long>().ShouldBeGreaterThan(0);
        json["sharesMemory"]!.GetValue<bool>().ShouldBe(OperatingSystem.IsLinux());
        (json["akkaVersion"] is not null).ShouldBe(HasAkka);
        json["telemetry"]!.GetValue<string>().ShouldBe("http://127.0.0.1:4317");
    }

    [Fact]
    public async Task A_collector_is_named_whatever_it_is()
    {
        var lines = await TextAsync(KeyValuePair.Create("OTEL_EXPORTER_OTLP_ENDPOINT", "nonsense"));

        lines[^1].ShouldBe("telemetry      to nonsense (OTEL_EXPORTER_OTLP_ENDPOINT)");
    }

    private static async Task<string[]> TextAsync(params KeyValuePair<string, string>[] environment)
    {
        var runner = new CommandRunner { Environment = environment };
        (await runner.RunAsync("doctor")).ShouldBe(ExitCode.Done, runner.Error);
        runner.Error.ShouldBeEmpty();
        return runner.Out.TrimEnd().Split('\n');
    }
}
