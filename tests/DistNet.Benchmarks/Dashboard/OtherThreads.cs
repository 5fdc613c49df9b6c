namespace DistNet.Benchmarks;

/// <summary>
/// Processor time of this process that is not the run's own: of all threads but those that compute and the one that takes the actors' turns. A figure
/// that hardly moves with what else the machine does, as ratios of times do. Linux only.
/// </summary>
internal sealed class OtherThreads
{
    private static readonly string[] OfTheRun = ["compute", "team", "turns"];

    private readonly Dictionary<string, double> _before = All().ToDictionary(thread => thread.Id, thread => thread.Seconds);

    /// <summary>Seconds of one processor since this was made, in threads that are still there.</summary>
    public double Seconds => All().Sum(thread => thread.Seconds - _before.GetValueOrDefault(thread.Id));

    private static IEnumerable<ProcessorTime> All() => ProcessorTime.OfThreads(Environment.ProcessId).Where(thread => !OfTheRun.Any(thread.Name.StartsWith));
}
