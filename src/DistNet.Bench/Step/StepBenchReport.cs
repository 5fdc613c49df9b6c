namespace DistNet.Bench;

/// <summary>What <see cref="StepBench"/> measured.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Measure">How long and how often.</param>
/// <param name="Peaks">The machine's limits for each number of threads.</param>
/// <param name="Networks">One for each network.</param>
/// <param name="Allocation">What a step allocates.</param>
public sealed record StepBenchReport(
    MachineReport Machine,
    MeasureOptions Measure,
    IReadOnlyList<PeakReport> Peaks,
    IReadOnlyList<NetworkResult> Networks,
    AllocationResult Allocation);

/// <summary>Whole steps of one network.</summary>
/// <param name="Network">Which.</param>
/// <param name="Setups">Who took them; measured in turns.</param>
/// <param name="Ratios">What the setups are compared for.</param>
public sealed record NetworkResult(StepNetwork Network, IReadOnlyList<SetupResult> Setups, IReadOnlyList<StepRatio> Ratios);

/// <summary>Steps of one setup.</summary>
/// <param name="Setup">Which.</param>
/// <param name="SecondsPerStep">Wall time of a step.</param>
/// <param name="SamplesPerSecond">Its samples over its time.</param>
/// <param name="ShareOfPeak">Operations of its products over its time, over the machine's peak with as many threads as workers.</param>
public sealed record SetupResult(StepSetup Setup, Spread SecondsPerStep, Spread SamplesPerSecond, double ShareOfPeak);

/// <summary>Step time of one setup over that of another, within each round.</summary>
public sealed record StepRatio(string Name, Spread Value);

/// <summary>What the whole process allocates in a step.</summary>
/// <param name="BytesPerStep">Mean over the steps.</param>
/// <param name="Steps">Steps counted, after warm-up.</param>
/// <param name="Workers">Workers of the run.</param>
/// <param name="Lanes">Lanes of the run.</param>
public sealed record AllocationResult(double BytesPerStep, int Steps, int Workers, int Lanes);
