using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DistNet.Cluster;

/// <summary>
/// Files of Linux that have no name and live in memory only (<c>memfd_create</c>): they go with the last process that has them, however it
/// ends. Another process of the same user opens them through <c>/proc</c>.
/// </summary>
internal static partial class AnonymousFile
{
    private const uint CloseOnExec = 1;
    private const uint AllowSealing = 2;
    private const int AddSeals = 1033;
    private const int GetSeals = 1034;
    private const int SealShrink = 2;

    /// <summary>A file of so many bytes, all zero, which take no memory until they are written. Null where the system has none.</summary>
    public static SafeFileHandle? TryCreate(string name, long bytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var handle = new SafeFileHandle(Create(name, CloseOnExec | AllowSealing), ownsHandle: true);
        try
        {
            if (!handle.IsInvalid)
            {
                RandomAccess.SetLength(handle, bytes);
                if (Control(handle, AddSeals, SealShrink) == 0)
                {
                    return handle;
                }
            }
        }
        catch (IOException)
        {
            // Without it tensors go through sockets.
        }

        handle.Dispose();
        return null;
    }

    /// <summary>Another process's file. Null: there is none of that length, it may be shortened under its readers, or it is not for this user.</summary>
    public static SafeFileHandle? TryOpen(int process, int descriptor, long bytes)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(FormattableString.Invariant($"/proc/{process}/fd/{descriptor}"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (RandomAccess.GetLength(handle) == bytes && Control(handle, GetSeals, 0) is > 0 and var seals && (seals & SealShrink) != 0)
            {
                return handle;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // It is on another machine, or in another container.
        }

        handle?.Dispose();
        return null;
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Create(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(SafeFileHandle file, int command, int argument);
}
