using System.Globalization;
using DistNet.Bench;
using DistNet.TestKit;

namespace DistNet.Benchmarks;

/// <summary>
/// A cluster of processes, one server and two workers of one thread, against PyTorch DistributedDataParallel with Gloo, two processes of one
/// thread, in the same rounds.
/// </summary>
internal static class DdpBenchmark
{
    public static async Task RunAsync(MeasureOptions options, TextWriter output)
    {
        using var python = new PythonProcess("ddp.py", [], PyTorchSetup.OneThread.Environment());
        await using var ours = await ClusterSides.StartAsync(CommandProcess.Program, CancellationToken.None);
        var ddp = new Side("PyTorch DDP + Gloo, 2 processes", steps => python.Ask($"{ClusterSides.Batch / 2} {steps}"));
        Side[] sides = [ours.Cluster, ours.OverSockets, ours.InProcess, ddp];
        var result = Interleaved.Run(sides, options);
        BenchTable.WriteHead(output, MachineReport.OfThis(), options);
        output.WriteLine(python.Description);
        var table = BenchTable.Of(1, "784-512-256-10, 64 samples a worker", "us a step", "samples/s", "faster than DDP by", "over in-process");
        foreach (var side in sides)
        {
            table.With(
                side.Name,
                Text(result.Seconds(side.Name).Median * 1e6),
                Text(result.Rate(side.Name, ClusterSides.Batch).Median),
                side == ddp ? "" : BenchTable.Ratio(result.TimeRatio(ddp.Name, side.Name)),
                side == ours.InProcess ? "" : BenchTable.Ratio(result.TimeRatio(ours.InProcess.Name, side.Name)));
        }

        BenchTable.Write(output, table);
    }

    private static string Text(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
