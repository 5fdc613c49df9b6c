using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace DistNet.Cluster;

/// <summary>A file's bytes as memory of this process, until this object is disposed, or nobody knows it any more.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _start;

    /// <param name="file">Taken over.</param>
    /// <param name="bytes">Its length.</param>
    /// <exception cref="IOException">The process has no room for it.</exception>
    public MappedFile(SafeFileHandle file, long bytes)
    {
        Length = bytes;
        _file = MemoryMappedFile.CreateFromFile(file, null, bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, bytes);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    ~MappedFile() => _view?.SafeMemoryMappedViewHandle.ReleasePointer();

    public byte* Start => _start;

    public long Length { get; }

    public void Dispose()
    {
        if (_start is not null)
        {
            _start = null;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
