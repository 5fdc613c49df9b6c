namespace DistNet.Cli;

/// <summary>How this program is started once more.</summary>
internal static class ThisProgram
{
    /// <summary>The program, and what comes before a verb: started by dotnet, it is the assembly.</summary>
    public static IReadOnlyList<string> Command { get; } = Find();

    /// <summary>Its version.</summary>
    public static string Version { get; } = typeof(ThisProgram).Assembly.GetName().Version!.ToString();

    private static IReadOnlyList<string> Find()
    {
        var process = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(process) == "dotnet";
        return isHost ? [process, Path.Combine(AppContext.BaseDirectory, "distnet.dll")] : [process];
    }
}
