using System.Runtime.InteropServices;

namespace DistNet.Cluster;

/// <summary>Signals to processes of Linux, by their numbers there.</summary>
internal static partial class ProcessSignals
{
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>False where there is no such process any more.</summary>
    public static bool Send(int process, int signal) => Native(process, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Native(int process, int signal);
}
