using System.Globalization;

namespace DistNet.Benchmarks;

/// <summary>Processor time of a thread, or of all threads that a process has had.</summary>
/// <param name="Id">The same as long as it is there.</param>
/// <param name="Name">Its first 15 characters.</param>
/// <param name="Seconds">Of one processor, in user mode and in the kernel.</param>
internal readonly record struct ProcessorTime(string Id, string Name, double Seconds)
{
    private const double TicksASecond = 100;
    private const string Compiler = ".NET Tiered Com";

    /// <summary>Whether it is a thread that compiles what turns out to be used often; it ends when it has had nothing to do for some seconds.</summary>
    public bool IsCompiler => Name == Compiler;

    /// <summary>Of a process, with its threads that have ended; zero where there is no /proc.</summary>
    public static ProcessorTime OfProcess(int process) => Read(PathOf(process));

    /// <summary>Of the threads that a process has now; none where there is no /proc.</summary>
    public static IReadOnlyList<ProcessorTime> OfThreads(int process) =>
        OperatingSystem.IsLinux() ? [.. Directory.GetDirectories(Path.Combine(PathOf(process), "task")).Select(Read)] : [];

    private static string PathOf(int process) => string.Create(CultureInfo.InvariantCulture, $"/proc/{process}");

    private static ProcessorTime Read(string path)
    {
        try
        {
            // pid (name) state ..., where the name may hold anything; times in user mode and in the kernel are the 12th and 13th after it.
            var stat = File.ReadAllText(Path.Combine(path, "stat"));
            var name = stat[(stat.IndexOf('(') + 1)..stat.LastIndexOf(')')];
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessorTime(path, name, fields[11..13].Sum(field => double.Parse(field, CultureInfo.InvariantCulture)) / TicksASecond);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has just ended.
            return new ProcessorTime(path, "", 0);
        }
    }
}
