using System.Runtime.InteropServices;
using DistNet.Hosting;

namespace DistNet.Bench;

/// <summary>
/// OpenBLAS as a yardstick, loaded at run time; nothing else in DistNet calls it, or knows that it exists. Its number of threads is a
/// setting of the whole process.
/// </summary>
internal sealed unsafe class OpenBlas : IDisposable
{
    public const string Name = "OpenBLAS";

    private readonly nint _library;
    private readonly delegate* unmanaged[Cdecl]<int, void> _setThreads;

    private OpenBlas(nint library, string path)
    {
        _library = library;
        _setThreads = (delegate* unmanaged[Cdecl]<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads");
        Sgemm = (delegate* unmanaged[Cdecl]<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
            NativeLibrary.GetExport(library, "cblas_sgemm");
        Description = $"{Text("openblas_get_config")}, kernels for {Text("openblas_get_corename")} ({path})";
    }

    /// <summary>What the library says about itself, and where it was found.</summary>
    public string Description { get; }

    /// <summary>cblas_sgemm(order, transA, transB, M, N, K, alpha, A, lda, B, ldb, beta, C, ldc).</summary>
    public delegate* unmanaged[Cdecl]<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> Sgemm { get; }

    /// <summary>Throws <see cref="UsageException"/> with one line that says what to install when there is no such library.</summary>
    /// <param name="path">The library's file; null: looked for.</param>
    public static OpenBlas Load(string? path)
    {
        foreach (var candidate in path is null ? Candidates() : [path])
        {
            if (NativeLibrary.TryLoad(candidate, out var library))
            {
                return NativeLibrary.TryGetExport(library, "openblas_get_config", out _)
                    ? new OpenBlas(library, candidate)
                    : throw new UsageException($"--against: {candidate} is not OpenBLAS");
            }
        }

        throw new UsageException(path is null
            ? $"--against: OpenBLAS is not here; install it (Debian: apt-get install libopenblas0-pthread) or name its file in {CoreBenchOptions.OpenBlasVariable}"
            : $"--against: {CoreBenchOptions.OpenBlasVariable} names {path}, which cannot be loaded");
    }

    public IProduct Prepare(ProductData data, int threads) => new OpenBlasProduct(this, data, threads);

    public void SetThreads(int threads) => _setThreads(threads);

    public void Dispose() => NativeLibrary.Free(_library);

    private static IEnumerable<string> Candidates()
    {
        const string File = "libopenblas.so.0";
        var folder = $"/usr/lib/{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64")}-linux-gnu";
        return [$"{folder}/openblas-pthread/{File}", $"{folder}/{File}", $"/usr/lib64/{File}", File, "libopenblas"];
    }

    private string Text(string function)
    {
        var pointer = (delegate* unmanaged[Cdecl]<nint>)NativeLibrary.GetExport(_library, function);
        return Marshal.PtrToStringUTF8(pointer())?.Trim() ?? "";
    }
}
