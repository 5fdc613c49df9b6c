using System.Runtime.InteropServices;

namespace DistNet.Numerics.Tests;

/// <summary>
/// A matrix between two pages that may not be touched, right before the second or right after the first, so that reading or writing
/// one float too far ends the test run (on Linux; elsewhere the pages are ordinary memory). Everything around it, and the gaps
/// between its rows, hold a NaN of its own, which must neither change nor reach a result.
/// </summary>
internal sealed unsafe partial class GuardedMatrix : IDisposable
{
    private const int PageBytes = 65536;
    private const int Canary = 0x7FC12345;
    private readonly byte* _pages;
    private readonly nuint _bytes;
    private readonly int _payloadFloats;

    public GuardedMatrix(int rows, int columns, int stride, bool atStart = false)
    {
        var floats = rows == 0 ? 0 : ((rows - 1) * stride) + columns;
        var payload = ((floats * sizeof(float)) + PageBytes - 1) / PageBytes * PageBytes;
        _payloadFloats = payload / sizeof(float);
        _bytes = (nuint)(payload + (2 * PageBytes));
        _pages = OperatingSystem.IsLinux() ? Map(_bytes) : (byte*)NativeMemory.AllocZeroed(_bytes);
        new Span<int>(Payload, _payloadFloats).Fill(Canary);
        if (OperatingSystem.IsLinux())
        {
            Protect(_pages, PageBytes, 0).ShouldBe(0);
            Protect(_pages + PageBytes + payload, PageBytes, 0).ShouldBe(0);
        }

        View = new Matrix(atStart ? (float*)Payload : (float*)Payload + _payloadFloats - floats, rows, columns, stride);
    }

    public Matrix View { get; }

    private byte* Payload => _pages + PageBytes;

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

    /// <summary>Nothing was written before the matrix, after it, or between its rows.</summary>
    public void ShouldHaveIntactSurroundings()
    {
        var all = new ReadOnlySpan<int>(Payload, _payloadFloats);
        var at = View.Rows == 0 ? _payloadFloats : (int)(View.Pointer - (float*)Payload);
        all[..at].ContainsAnyExcept(Canary).ShouldBeFalse("written before the matrix");
        for (var row = 0; row < View.Rows; row++, at += View.Stride)
        {
            var end = row < View.Rows - 1 ? at + View.Stride : _payloadFloats;
            all[(at + View.Columns)..end].ContainsAnyExcept(Canary).ShouldBeFalse($"written after row {row}");
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
