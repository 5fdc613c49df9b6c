using DistNet.Actors;
using DistNet.Hosting;
using Moments = MathNet.Numerics.Statistics.Statistics;

namespace DistNet.Lab;

/// <summary>What one run says about time.</summary>
/// <param name="Run">Its folder.</param>
/// <param name="Rule">Its update rule.</param>
/// <param name="Laws">The recorded service times of each worker, in seconds and in the order of steps.</param>
/// <param name="SamplesPerGradient">Samples in a gradient, on average.</param>
/// <param name="SamplesPerSecond">What it achieved, over the time spent in steps; null: it says nothing.</param>
public sealed record RecordedRun(string Run, string Rule, IReadOnlyList<RecordedTimes> Laws, double SamplesPerGradient, double? SamplesPerSecond)
{
    public int Workers => Laws.Count;

    /// <summary>Time of an update that it achieved, in seconds.</summary>
    public double? SecondsPerUpdate(RuleModel model) => model.GradientsPerUpdate * SamplesPerGradient / SamplesPerSecond;

    /// <summary>From its folder.</summary>
    /// <exception cref="RunFolderException">It recorded no service times, or a file cannot be read.</exception>
    public static RecordedRun Load(RunFolder folder) =>
        Of(folder, ServiceTimesFile.Read(folder.ServiceTimesPath)) ?? throw new RunFolderException($"the run recorded no service times: {folder.ServiceTimesPath} has no rows");

    /// <summary>Null: it recorded no service times, perhaps because it was stopped before its first.</summary>
    /// <exception cref="RunFolderException">A file cannot be read.</exception>
    public static RecordedRun? Find(RunFolder folder) => File.Exists(folder.ServiceTimesPath) ? Of(folder, ServiceTimesFile.Read(folder.ServiceTimesPath)) : null;

    private static RecordedRun? Of(RunFolder folder, IReadOnlyList<ServiceTime> times)
    {
        if (times.Count == 0)
        {
            return null;
        }

        var rates = File.Exists(folder.MetricsPath)
            ? MetricsReader.Epochs(folder.MetricsPath).Select(epoch => epoch.SamplesPerSecond).Where(rate => rate > 0).ToArray()
            : [];
        return new RecordedRun(
            folder.Root, folder.ReadConfig().Mode, LawsOf(times), times.Average(time => time.Samples), rates.Length > 0 ? Moments.Median(rates) : null);
    }

    private static RecordedTimes[] LawsOf(IEnumerable<ServiceTime> times) =>
        [.. times.GroupBy(time => time.Worker).OrderBy(worker => worker.Key).Select(worker => new RecordedTimes(Warm([.. worker.OrderBy(time => time.Step)]).Select(time => time.Milliseconds / 1000)))];

    /// <summary>In the first steps programs are compiled and data come into memory; the run's rate leaves them out, too. A short run is taken as it is.</summary>
    private static IReadOnlyList<ServiceTime> Warm(ServiceTime[] times)
    {
        var warm = Array.FindAll(times, time => time.Step >= RunPlan.WarmupSteps);
        return 2 * warm.Length >= times.Length ? warm : times;
    }
}
