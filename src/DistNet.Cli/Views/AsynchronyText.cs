using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Cli;

/// <summary>How far apart reading and updating were, and who waited for whom, in a line each; nothing where there is nothing to tell.</summary>
internal static class AsynchronyText
{
    public static void Write(TextWriter writer, TrainingResult r)
    {
        if (r.Staleness is { } staleness)
        {
            writer.WriteLine(Invariant($"staleness      mean {staleness.Mean:0.00}, at most {staleness.Max}; acts like momentum {r.ImplicitMomentum:0.00}{Moved(r)}"));
        }

        if (r.StableLearningRate is { } stable)
        {
            writer.WriteLine(Invariant($"stability      curvature {r.Curvature:G3}; at this staleness learning rates below {stable:G3} are stable"));
        }

        if (r.Waiting is { Count: > 1 } waiting)
        {
            WriteWaiting(writer, waiting);
        }
    }

    private static string Moved(TrainingResult r) =>
        r.Drift is { } drift ? Invariant($"; weights moved {drift.Mean:0.####} meanwhile") : "";

    private static void WriteWaiting(TextWriter writer, IReadOnlyList<WaitingReport> waiting)
    {
        var waited = waiting.Sum(worker => worker.WaitSeconds);
        var all = waited + waiting.Sum(worker => worker.ComputeSeconds);
        if (all > 0)
        {
            writer.WriteLine(Invariant($"waiting        {100 * waited / all:0.0} % of the workers' time{Longest(waiting, waited)}"));
        }
    }

    /// <summary>The worker that was waited for longest, by all together.</summary>
    private static string Longest(IReadOnlyList<WaitingReport> waiting, double waited)
    {
        var longest = waiting.SelectMany(worker => worker.Causes)
            .Where(cause => cause.For != WaitingCause.Other)
            .GroupBy(cause => cause.For, cause => cause.Seconds)
            .Select(cause => (For: cause.Key, Seconds: cause.Sum()))
            .DefaultIfEmpty()
            .MaxBy(cause => cause.Seconds);
        return longest.For is null ? "" : Invariant($", {100 * longest.Seconds / waited:0} % of that for {longest.For}");
    }
}
