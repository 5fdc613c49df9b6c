using System.Runtime.InteropServices;
using System.Text.Json;
using DistNet.Bench;
using DistNet.Cluster;
using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Cli;

/// <summary>What this machine and this build can do.</summary>
/// <param name="Version">DistNet's.</param>
/// <param name="Machine">Processor, what is used of it, .NET and system.</param>
/// <param name="Architecture">Such as X64.</param>
/// <param name="Arithmetic">Hash of the arithmetic probe.</param>
/// <param name="MemoryBytes">Memory that this process may use.</param>
/// <param name="SharesMemory">Whether tensors for processes of the same machine can stay where they are.</param>
/// <param name="AkkaVersion">Of the Akka.Cluster control plane; null: this build has none.</param>
/// <param name="Telemetry">Where measurements, spans and logs are sent; null: nowhere.</param>
internal sealed record Diagnosis(
    string Version,
    MachineReport Machine,
    string Architecture,
    string Arithmetic,
    long MemoryBytes,
    bool SharesMemory,
    string? AkkaVersion,
    string? Telemetry)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Of this process; computes the arithmetic probe, which takes a moment.</summary>
    /// <param name="host">Its surroundings.</param>
    public static Diagnosis OfThis(CommandHost host) => new(
        ThisProgram.Version,
        MachineReport.OfThis(),
        RuntimeInformation.ProcessArchitecture.ToString(),
        ArithmeticProbe.Hash(),
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        MemorySharingProbe.Works(),
        ControlPlanes.AkkaVersion,
        OtlpExport.EndpointOf(host));

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>One line for each thing.</summary>
    public void Write(TextWriter writer)
    {
        foreach (var (label, value) in Lines())
        {
            writer.WriteLine($"{label,-15}{value}");
        }
    }

    private IEnumerable<(string Label, string Value)> Lines() =>
    [
        ("distnet", Version),
        (".NET", $"{Machine.Runtime}, {Machine.System}"),
        ("processor", $"{Machine.Processor}, {Architecture}{string.Concat(Machine.InstructionSets.Select(set => ", " + set))}"),
        ("kernel", Machine.Kernel),
        ("arithmetic", Arithmetic),
        ("processors", Invariant($"{Machine.Processors} may be used")),
        ("memory", Invariant($"{MemoryBytes / (double)(1L << 30):0.0} GiB may be used")),
        ("shared memory", SharesMemory ? "works: tensors for processes of this machine do not travel" : "does not work: tensors for processes of this machine go through sockets"),
        ("Akka.Cluster", AkkaVersion ?? $"not in this build; {ControlPlanes.HowToGetAkka}"),
        ("telemetry", Telemetry is null ? $"nowhere: {OtlpExport.Endpoint} is not set" : $"to {Telemetry} ({OtlpExport.Endpoint})"),
    ];
}
