using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using DistNet.Numerics;

namespace DistNet.Hosting;

/// <summary>Where runs were made: environment.json of a run folder.</summary>
/// <param name="Processors">Logical processors.</param>
/// <param name="Architecture">Such as X64.</param>
/// <param name="System">Operating system.</param>
/// <param name="Runtime">.NET's version.</param>
/// <param name="Kernel">The matrix kernel in use.</param>
/// <param name="Arithmetic">Hash of the arithmetic probe: equal hashes round alike. Empty: it was not computed.</param>
public sealed record RunEnvironment(int Processors, string Architecture, string System, string Runtime, string Kernel, string Arithmetic)
{
    public const string FileName = "environment.json";

    private const string CpuInfo = "/proc/cpuinfo";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Model of the processor, as the system names it.</summary>
    public string Processor { get; init; } = "";

    /// <summary>DistNet's version.</summary>
    public string Version { get; init; } = "";

    /// <summary>This process's.</summary>
    /// <param name="probes">Whether the arithmetic is probed too, which takes a moment.</param>
    public static RunEnvironment Current(bool probes = true) => new(
        Environment.ProcessorCount,
        RuntimeInformation.ProcessArchitecture.ToString(),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        GemmKernel.Default.Name,
        probes ? ArithmeticProbe.Hash() : "")
    {
        Processor = ProcessorName(),
        Version = typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">It is none.</exception>
    public static RunEnvironment Parse(string json) => JsonSerializer.Deserialize<RunEnvironment>(json, Json) ?? throw new JsonException("it is null");

    private static string ProcessorName()
    {
        var line = File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
