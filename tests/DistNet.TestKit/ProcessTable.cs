using System.Globalization;

namespace DistNet.TestKit;

/// <summary>Processes of this machine, as Linux lists them.</summary>
public static class ProcessTable
{
    /// <summary>Processes that a process has started, and that are not over.</summary>
    public static IReadOnlyList<int> ChildrenOf(int parent) =>
        [.. Directory.EnumerateDirectories("/proc").Select(IdOf).OfType<int>().Where(id => StateOf(id) is { } state && state.Parent == parent && IsLiving(state.Letter))];

    /// <summary>Processes that live and have the text on their command line.</summary>
    public static IReadOnlyList<int> With(string text) =>
        [.. Directory.EnumerateDirectories("/proc").Select(IdOf).OfType<int>().Where(id => CommandOf(id).Contains(text, StringComparison.Ordinal) && Lives(id))];

    /// <summary>One that has ended, and whose parent has not asked how yet, does not live.</summary>
    public static bool Lives(int process) => StateOf(process) is { } state && IsLiving(state.Letter);

    private static bool IsLiving(char letter) => letter is not ('Z' or 'X');

    private static int? IdOf(string folder) =>
        int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string CommandOf(int process) => Read(process, "cmdline") ?? "";

    private static (char Letter, int Parent)? StateOf(int process)
    {
        if (Read(process, "stat") is not { Length: > 0 } text)
        {
            return null;
        }

        // The second field, the program's name in brackets, may hold anything.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
    }

    private static string? Read(int process, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{file}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
