using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using DistNet.Hosting;
using DistNet.Numerics;

namespace DistNet.Bench;

/// <summary>Where figures were measured.</summary>
/// <param name="Processor">Model, as the system names it.</param>
/// <param name="Processors">Logical processors that this process may use.</param>
/// <param name="InstructionSets">Vector instruction sets that the runtime uses; settings such as DOTNET_EnableAVX2=0 count.</param>
/// <param name="Kernel">The product's kernel for matrices of many columns.</param>
/// <param name="Runtime">Name and version.</param>
/// <param name="System">Operating system.</param>
public sealed record MachineReport(
    string Processor, int Processors, IReadOnlyList<string> InstructionSets, string Kernel, string Runtime, string System)
{
    public static MachineReport OfThis() => new(
        RunEnvironment.Current(probes: false).Processor,
        Environment.ProcessorCount,
        [.. Sets().Where(set => set.IsUsed).Select(set => set.Name)],
        GemmKernel.Supported[0].Name,
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription);

    private static IEnumerable<(string Name, bool IsUsed)> Sets() =>
    [
        ("AVX-512", Avx512F.IsSupported),
        ("AVX2", Avx2.IsSupported),
        ("FMA", Fma.IsSupported),
        ("SSE4.2", Sse42.IsSupported),
        ("AdvSimd", AdvSimd.IsSupported),
    ];
}
