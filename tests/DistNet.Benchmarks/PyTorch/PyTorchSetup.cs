using System.Globalization;
using System.Runtime.InteropServices;

namespace DistNet.Benchmarks;

/// <summary>How PyTorch and the OpenBLAS under it share threads.</summary>
/// <param name="Name">In a few words.</param>
/// <param name="TorchThreads">Threads of PyTorch's own operations.</param>
/// <param name="BlasThreads">Threads of OpenBLAS.</param>
/// <param name="IsOpenMp">OpenBLAS built on OpenMP, whose threads are PyTorch's own; else on a pool of its own.</param>
internal sealed record PyTorchSetup(string Name, int TorchThreads, int BlasThreads, bool IsOpenMp)
{
    public static PyTorchSetup OneThread { get; } = new("PyTorch, 1 thread", 1, 1, IsOpenMp: false);

    /// <summary>
    /// The ways to use two threads that are worth trying; which one is fastest depends on the shapes. Two pools of two threads each
    /// collapse, because idle threads of one spin while the other computes.
    /// </summary>
    public static IReadOnlyList<PyTorchSetup> TwoThreads { get; } =
    [
        new("PyTorch, torch 1 / OpenBLAS pthread 2", 1, 2, IsOpenMp: false),
        new("PyTorch, torch 2 / OpenBLAS OpenMP 2", 2, 2, IsOpenMp: true),
        new("PyTorch, torch 2 / OpenBLAS pthread 1", 2, 1, IsOpenMp: false),
    ];

    public IEnumerable<KeyValuePair<string, string>> Environment()
    {
        yield return new("OPENBLAS_NUM_THREADS", Text(BlasThreads));
        yield return new("OMP_NUM_THREADS", Text(TorchThreads));
        if (Directory.Exists(LibraryFolder))
        {
            yield return new("LD_LIBRARY_PATH", LibraryFolder);
        }
    }

    /// <summary>Where Debian puts this build; elsewhere PyTorch brings its own, and the setups differ in threads only.</summary>
    private string LibraryFolder
    {
        get
        {
            var processor = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64";
            return $"/usr/lib/{processor}-linux-gnu/openblas-{(IsOpenMp ? "openmp" : "pthread")}";
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
