using System.Globalization;

namespace DistNet.Benchmarks;

/// <summary>
/// Processor time of this process that is not the run's own: of all threads but those that compute and the one that takes the actors' turns. A figure
/// that hardly moves with what else the machine does, as ratios of times do. Linux only: threads and their times stand under /proc.
/// </summary>
internal sealed class OtherThreads
{
    private const double TicksASecond = 100;

    private static readonly string[] OfTheRun = ["compute", "team", "turns"];

    private readonly Dictionary<string, double> _before = Ticks();

    /// <summary>Seconds of one processor since this was made, in threads that are still there.</summary>
    public double Seconds => Ticks().Sum(thread => thread.Value - _before.GetValueOrDefault(thread.Key)) / TicksASecond;

    private static Dictionary<string, double> Ticks() =>
        OperatingSystem.IsLinux() ? Directory.GetDirectories("/proc/self/task").ToDictionary(thread => thread, TicksOf) : [];

    private static double TicksOf(string thread)
    {
        try
        {
            // pid (name) state ..., where the name may hold anything; times in user mode and in the kernel are the 12th and 13th after it.
            var stat = File.ReadAllText(Path.Combine(thread, "stat"));
            var name = stat[(stat.IndexOf('(') + 1)..stat.LastIndexOf(')')];
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return OfTheRun.Any(name.StartsWith) ? 0 : fields[11..13].Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has just ended.
            return 0;
        }
    }
}
