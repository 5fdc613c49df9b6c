using System.Runtime.InteropServices;

namespace DistNet.Numerics.Tests;

/// <summary>
/// A matrix whose last float is the last before a page that may not be touched, so that reading or writing one past the
/// end ends the test run (on Linux; elsewhere the page is ordinary memory), and whose gaps between rows hold a canary.
/// </summary>
internal sealed unsafe partial class GuardedMatrix : IDisposable
{
    private const int PageBytes = 65536;
    private const float Canary = -123456.75f;
    private readonly byte* _pages;
    private readonly nuint _bytes;

    public GuardedMatrix(int rows, int columns, int stride)
    {
        var floats = rows == 0 ? 0 : ((rows - 1) * stride) + columns;
        var payload = ((floats * sizeof(float)) + PageBytes - 1) / PageBytes * PageBytes;
        _bytes = (nuint)(payload + PageBytes);
        _pages = OperatingSystem.IsLinux() ? Map(_bytes) : (byte*)NativeMemory.AllocZeroed(_bytes);
        new Span<float>(_pages, payload / sizeof(float)).Fill(Canary);
        if (OperatingSystem.IsLinux())
        {
            Protect(_pages + payload, PageBytes, 0).ShouldBe(0);
        }

        View = new Matrix((float*)(_pages + payload) - floats, rows, columns, stride);
    }

    public Matrix View { get; }

    public void Fill(Func<int, int, float> value)
    {
        for (var row = 0; row < View.Rows; row++)
        {
            for (var column = 0; column < View.Columns; column++)
            {
                View.Row(row)[column] = value(row, column);
            }
        }
    }

    /// <summary>Nothing was written before the matrix or between its rows.</summary>
    public void ShouldHaveIntactSurroundings()
    {
        var before = new ReadOnlySpan<float>(_pages, (int)(View.Pointer - (float*)_pages));
        before.ContainsAnyExcept(Canary).ShouldBeFalse("written before the matrix");
        for (var row = 0; row < View.Rows - 1; row++)
        {
            var gap = new ReadOnlySpan<float>(View.Pointer + (row * View.Stride) + View.Columns, View.Stride - View.Columns);
            gap.ContainsAnyExcept(Canary).ShouldBeFalse("written between rows");
        }
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Unmap(_pages, _bytes);
        }
        else
        {
            NativeMemory.Free(_pages);
        }
    }

    private static byte* Map(nuint bytes)
    {
        const int ReadWrite = 3, PrivateAnonymous = 0x22;
        var pages = MapPages(null, bytes, ReadWrite, PrivateAnonymous, -1, 0);
        ((nint)pages).ShouldNotBe(-1);
        return pages;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* MapPages(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
