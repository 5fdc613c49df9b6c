namespace DistNet.Cli;

internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Also: the answer is no.</summary>
    public const int RunFailed = 1;
    public const int WrongUsage = 2;

    /// <summary>What was measured is not what theory says.</summary>
    public const int VerificationFailed = 3;

    /// <summary>There is no cluster to talk to, or too few of its nodes.</summary>
    public const int ClusterLost = 4;

    /// <summary>Ended by Ctrl-C: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
