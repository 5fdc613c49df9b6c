namespace DistNet.Bench;

/// <summary>
/// Whole training steps in this process, on data in memory: through the actors, on several workers, on several lanes, and the same
/// arithmetic without any actors. All setups of one network are measured in turns.
/// </summary>
public static class StepBench
{
    private const int AllocationWarmUp = 100;
    private const int AllocationSteps = 1000;

    /// <param name="options">What to measure.</param>
    /// <param name="progress">Told in a few words what comes next.</param>
    /// <param name="stop">Ends the measurement between two networks.</param>
    public static StepBenchReport Run(StepBenchOptions options, Action<string> progress, CancellationToken stop)
    {
        progress("allocation");
        var allocation = MeasureAllocation();
        progress("peak");
        int[] threads = options.Threads > 1 ? [1, options.Threads] : [1];
        var peaks = threads.Select(count => MachinePeak.Measure(count, options.Measure)).ToArray();
        var networks = new List<NetworkResult>();
        foreach (var network in StepNetwork.All)
        {
            stop.ThrowIfCancellationRequested();
            progress($"{network.Name}, batch {network.Batch}");
            networks.Add(Measure(network, peaks, options));
        }

        return new StepBenchReport(MachineReport.OfThis(), options.Measure, peaks, networks, allocation);
    }

    private static NetworkResult Measure(StepNetwork network, IReadOnlyList<PeakReport> peaks, StepBenchOptions options)
    {
        StepSetup[] setups = [.. SetupsOf(network, options.Threads), .. Recording];
        using var sides = new StepSides(network, setups);
        var result = Interleaved.Run(sides.Sides, options.Measure);
        return new NetworkResult(network, [.. setups.Select(setup => Describe(network, setup, peaks, result))], [.. Ratios(setups, result)]);
    }

    private static StepSetup[] SetupsOf(StepNetwork network, int threads) => network == StepNetwork.Large
        ? [StepSetup.Plain, StepSetup.OneWorker, StepSetup.OneWorkerManyLanes, .. threads > 1 ? [StepSetup.ManyWorkers(threads)] : Array.Empty<StepSetup>()]
        : [StepSetup.Plain, StepSetup.OneWorker];

    private static readonly StepSetup[] Recording = [StepSetup.Asynchronous, StepSetup.Recorded];

    private static SetupResult Describe(StepNetwork network, StepSetup setup, IReadOnlyList<PeakReport> peaks, Comparison result)
    {
        var peak = peaks[setup.Workers > 1 ? 1 : 0].Best.FlopsPerSecond.Median;
        return new SetupResult(
            setup, result.Seconds(setup.Name), result.Rate(setup.Name, network.Batch), result.Rate(setup.Name, network.Work).Median / peak);
    }

    private static IEnumerable<StepRatio> Ratios(StepSetup[] setups, Comparison result)
    {
        yield return new StepRatio("through actors / plain loop", result.TimeRatio(StepSetup.OneWorker.Name, StepSetup.Plain.Name));
        foreach (var setup in setups.Where(setup => setup.Lanes > 1).Except(Recording))
        {
            yield return new StepRatio($"{setup.Name} / {StepSetup.OneWorker.Name}", result.TimeRatio(setup.Name, StepSetup.OneWorker.Name));
        }

        yield return new StepRatio("asp recorded / not recorded", result.TimeRatio(StepSetup.Recorded.Name, StepSetup.Asynchronous.Name));
    }

    private static AllocationResult MeasureAllocation()
    {
        const int Workers = 2;
        const int Lanes = 8;
        using var run = new HostedRun(StepNetwork.Large, new StepSetup("allocation", Workers, Lanes));
        run.Run(AllocationWarmUp);
        var bytes = run.Run(AllocationSteps).AllocatedBytes;
        return new AllocationResult((double)bytes / AllocationSteps, AllocationSteps, Workers, Lanes);
    }
}
