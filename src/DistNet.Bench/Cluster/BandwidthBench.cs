using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using DistNet.Cluster;
using DistNet.Hosting;

namespace DistNet.Bench;

/// <summary>
/// Throughput of a local cluster against the speed of its links. The cluster runs in a network namespace of its own, whose loopback is
/// limited by the system (tc tbf), so that nothing else on the machine is slowed. Needs root and iproute2.
/// </summary>
public static class BandwidthBench
{
    /// <summary>Megabits a second that all links together carry, and steps enough to be past the first seconds, in which code is compiled.</summary>
    private static readonly (int? Megabits, int Steps)[] Speeds = [(100, 100), (1000, 500), (2500, 1500), (10_000, 2500), (null, 2500)];

    /// <exception cref="UsageException">This machine cannot do it.</exception>
    public static IReadOnlyList<BandwidthResult> Run(IReadOnlyList<string> command, Action<string> progress, CancellationToken stop)
    {
        using var work = new ClusterWork();
        var results = new List<BandwidthResult>();
        foreach (var (speed, steps) in Speeds)
        {
            stop.ThrowIfCancellationRequested();
            progress(speed is { } megabits ? FormattableString.Invariant($"{megabits} Mbit/s") : "no limit");
            results.Add(new BandwidthResult(speed, Measure(command, work.Run(steps), speed)));
        }

        return results;
    }

    private static double Measure(IReadOnlyList<string> command, TrainingOptions options, int? speed)
    {
        var space = FormattableString.Invariant($"distnet-{Environment.ProcessId}");
        Do("ip", "netns", "add", space);
        try
        {
            Do("ip", "netns", "exec", space, "ip", "link", "set", "lo", "up");
            if (speed is { } megabits)
            {
                Do("ip", "netns", "exec", space, "tc", "qdisc", "add", "dev", "lo", "root", "tbf", "rate", FormattableString.Invariant($"{megabits}mbit"), "burst", "1mb", "latency", "50ms");
            }

            var config = options.Out + ".json";
            File.WriteAllText(config, EffectiveConfig.ToJson(options));
            var json = Do("ip", ["netns", "exec", space, .. command, "up", "--config", config, "--out", options.Out!, "--threads", "1", LocalCluster.NoSharedMemory, "--quiet", "--format", "json"]);
            return JsonNode.Parse(json)!["samplesPerSecond"]!.GetValue<double>();
        }
        finally
        {
            Do("ip", "netns", "delete", space);
        }
    }

    private static string Do(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? output
                : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--bandwidth: {program} {string.Join(' ', arguments.Take(5))} failed ({errors.Result.Trim()}); it needs root and iproute2"));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new UsageException($"--bandwidth: there is no {program}; it needs root and iproute2");
        }
    }
}
