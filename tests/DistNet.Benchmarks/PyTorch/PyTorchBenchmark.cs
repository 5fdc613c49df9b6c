using System.Globalization;
using DistNet.Bench;

namespace DistNet.Benchmarks;

/// <summary>Whole training steps of DistNet and PyTorch, in the same rounds.</summary>
internal static class PyTorchBenchmark
{
    public static void Run(MeasureOptions options, TextWriter output)
    {
        using var oneThread = new PyTorchProcess(PyTorchSetup.OneThread);
        BenchTable.WriteHead(output, MachineReport.OfThis(), options);
        output.WriteLine(oneThread.Description);
        Compare(StepNetwork.Medium, StepSetup.OneWorker, [oneThread], options, output);
        Compare(StepNetwork.Tiny, StepSetup.Plain, [oneThread], options, output);
        Compare(StepNetwork.Tiny, StepSetup.OneWorker, [oneThread], options, output);
        Compare(StepNetwork.Large, StepSetup.OneWorker, [oneThread], options, output);
        CompareTwoThreads(options, output);
    }

    private static void CompareTwoThreads(MeasureOptions options, TextWriter output)
    {
        var processes = PyTorchSetup.TwoThreads.Select(setup => new PyTorchProcess(setup)).ToArray();
        try
        {
            Compare(StepNetwork.Large, StepSetup.ManyWorkers(2), processes, options, output);
        }
        finally
        {
            Array.ForEach(processes, process => process.Dispose());
        }
    }

    private static void Compare(
        StepNetwork network, StepSetup setup, IReadOnlyList<PyTorchProcess> processes, MeasureOptions options, TextWriter output)
    {
        using var ours = new StepSides(network, [setup]);
        Side[] sides = [.. ours.Sides, .. processes.Select(process => process.SideOf(network))];
        var result = Interleaved.Run(sides, options);
        var best = sides[1..].MinBy(side => result.Seconds(side.Name).Median)!;
        var table = BenchTable.Of(1, $"{network.Name}, batch {Text(network.Batch)}", "lanes", "us a step", "samples/s", "DistNet is faster by");
        foreach (var side in sides)
        {
            table.With(
                side == best && sides.Length > 2 ? $"{side.Name} (its best)" : side == sides[0] ? $"DistNet, {side.Name}" : side.Name,
                side == sides[0] ? Text(setup.Lanes) : "",
                Text(result.Seconds(side.Name).Median * 1e6),
                Text(result.Rate(side.Name, network.Batch).Median),
                side == sides[0] ? "" : BenchTable.Ratio(result.TimeRatio(side.Name, sides[0].Name)));
        }

        BenchTable.Write(output, table);
    }

    private static string Text(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
