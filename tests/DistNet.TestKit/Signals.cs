using System.Runtime.InteropServices;

namespace DistNet.TestKit;

/// <summary>Signals to processes of Linux, by their numbers there.</summary>
public static partial class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>False where there is no such process any more.</summary>
    /// <param name="process">Its number; with a minus, that of its group.</param>
    /// <param name="signal">Which.</param>
    public static bool Send(int process, int signal) => Native(process, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Native(int process, int signal);
}
