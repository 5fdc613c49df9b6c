using System.Runtime.InteropServices;
using DistNet.Hosting;
using DistNet.Numerics;

namespace DistNet.Lab;

/// <summary>Where runs were made.</summary>
/// <param name="Processors">Logical processors.</param>
/// <param name="Architecture">Such as X64.</param>
/// <param name="System">Operating system.</param>
/// <param name="Runtime">.NET's version.</param>
/// <param name="Kernel">The matrix kernel in use.</param>
/// <param name="Arithmetic">Hash of the arithmetic probe: equal hashes round alike.</param>
public sealed record RunEnvironment(int Processors, string Architecture, string System, string Runtime, string Kernel, string Arithmetic)
{
    public static RunEnvironment Current() => new(
        Environment.ProcessorCount,
        RuntimeInformation.ProcessArchitecture.ToString(),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        GemmKernel.Default.Name,
        ArithmeticProbe.Hash());
}
