using System.Diagnostics;
using DistNet.Bench;
using DistNet.Cluster;
using Spectre.Console;

namespace DistNet.Benchmarks;

/// <summary>From a node to the coordinator's and back, a sign of life at a time: while the cluster rests, and while it trains. The planes take turns.</summary>
internal static class PlaneRoundTrips
{
    private const int Trips = 500;
    private const int WarmUp = 2000;

    public static async Task<Table> RunAsync(int rounds)
    {
        await using var planes = await ComparedPlanes.StartAsync();
        var (idle, training) = (new Dictionary<ClusterSide, List<double>>(), new Dictionary<ClusterSide, List<double>>());
        foreach (var side in planes.All)
        {
            (idle[side], training[side]) = ([], []);
            await OpenAsync(planes, side, beats => Time(beats, WarmUp));
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var side in round % 2 == 0 ? planes.All : planes.All.Reverse())
            {
                await OpenAsync(planes, side, beats => idle[side].AddRange(Time(beats, Trips)));
                await side.DuringRunAsync(() => OpenAsync(planes, side, beats => training[side].AddRange(Time(beats, Trips))).GetAwaiter().GetResult(), CancellationToken.None);
            }
        }

        var table = BenchTable.Of(2, "control round trip, ms", "", "median", "p99", "longest", "trips");
        foreach (var side in planes.All)
        {
            Add(table, side.Side.Name, "at rest", idle[side]);
            Add(table, "", "while it trains", training[side]);
        }

        return table;
    }

    private static async Task OpenAsync(ComparedPlanes planes, ClusterSide side, Action<IBeats> measure)
    {
        await using var beats = side == planes.Akka ? await AkkaBeats.StartAsync(side.Cluster) : await BuiltInBeats.StartAsync(side.Cluster);
        measure(beats);
    }

    private static double[] Time(IBeats beats, int count)
    {
        var seconds = new double[count];
        for (var i = 0; i < count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            beats.Beat();
            seconds[i] = Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        return seconds;
    }

    private static void Add(Table table, string plane, string when, List<double> seconds)
    {
        seconds.Sort();
        table.With(plane, when, Milliseconds(seconds[seconds.Count / 2]), Milliseconds(seconds[seconds.Count * 99 / 100]), Milliseconds(seconds[^1]), BenchTable.Text($"{seconds.Count}"));
    }

    private static string Milliseconds(double seconds) => BenchTable.Text($"{seconds * 1e3:0.00}");
}
