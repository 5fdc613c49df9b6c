namespace DistNet.Bench;

/// <summary>A local cluster of processes: its throughput against one process, and how soon it notices and gets over a kill.</summary>
public static class ClusterBench
{
    /// <summary>Starts and kills are each repeated so often.</summary>
    private const int Repeats = 5;

    /// <param name="measure">How long and how often.</param>
    /// <param name="command">The program and the arguments before those of a verb.</param>
    /// <param name="progress">Told in a few words what comes next.</param>
    /// <param name="stop">Ends the measurement between two parts.</param>
    public static async Task<ClusterBenchReport> RunAsync(
        MeasureOptions measure, IReadOnlyList<string> command, Action<string> progress, CancellationToken stop)
    {
        progress("cluster against in-process");
        var throughput = await MeasureThroughputAsync(measure, command, stop).ConfigureAwait(false);
        progress("kills");
        await using var victims = await KillBench.StartAsync(command, stop).ConfigureAwait(false);
        var kills = new List<KillTimes>();
        for (var i = 0; i < Repeats; i++)
        {
            kills.Add(await victims.KillAsync(stop).ConfigureAwait(false));
        }

        progress("starts");
        var starts = new List<double>();
        for (var i = 0; i < Repeats; i++)
        {
            starts.Add(await UpTimer.RunAsync(command, [], stop).ConfigureAwait(false));
        }

        var (result, names) = throughput;
        return new ClusterBenchReport(
            MachineReport.OfThis(),
            measure,
            result.Rate(names.Cluster, ClusterSides.Batch),
            result.Rate(names.Sockets, ClusterSides.Batch),
            result.Rate(names.InProcess, ClusterSides.Batch),
            result.TimeRatio(names.InProcess, names.Cluster),
            result.TimeRatio(names.InProcess, names.Sockets),
            Spread.Of(kills.Select(kill => kill.ToName)),
            Spread.Of(kills.Select(kill => kill.ToStep)),
            Spread.Of(starts));
    }

    private static async Task<(Comparison Result, (string Cluster, string Sockets, string InProcess) Names)> MeasureThroughputAsync(
        MeasureOptions measure, IReadOnlyList<string> command, CancellationToken stop)
    {
        await using var sides = await ClusterSides.StartAsync(command, stop).ConfigureAwait(false);
        return (
            Interleaved.Run([sides.Cluster, sides.OverSockets, sides.InProcess], measure),
            (sides.Cluster.Name, sides.OverSockets.Name, sides.InProcess.Name));
    }
}
