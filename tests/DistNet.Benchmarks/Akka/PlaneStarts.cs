using DistNet.Bench;
using DistNet.Cluster;
using DistNet.TestKit;
using Spectre.Console;

namespace DistNet.Benchmarks;

/// <summary>How long <c>distnet up --workers 4</c> takes to its first loss; the planes take turns.</summary>
internal static class PlaneStarts
{
    public static async Task<Table> RunAsync(int repeats)
    {
        string[] planes = [ControlOptions.BuiltIn, ControlOptions.Akka];
        var seconds = planes.ToDictionary(plane => plane, _ => new List<double>());
        for (var i = 0; i < repeats; i++)
        {
            foreach (var plane in i % 2 == 0 ? planes : planes.Reverse())
            {
                seconds[plane].Add(await UpTimer.RunAsync(CommandProcess.Program, [ControlOptions.Option, plane], CancellationToken.None));
            }
        }

        var table = BenchTable.Of(1, "up --workers 4 to the first loss", "seconds");
        foreach (var plane in planes)
        {
            table.With(plane, BenchTable.Ratio(Spread.Of(seconds[plane])));
        }

        return table;
    }
}
