namespace DistNet.Bench;

/// <summary>What <see cref="ClusterBench"/> measured. Times in seconds.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Measure">How long and how often.</param>
/// <param name="ClusterSamplesPerSecond">One server and two workers, each a process; tensors in shared memory.</param>
/// <param name="SocketSamplesPerSecond">The same, but tensors go through sockets.</param>
/// <param name="InProcessSamplesPerSecond">Two workers in one process.</param>
/// <param name="OverInProcess">The cluster's rate over that, within each round.</param>
/// <param name="SocketsOverInProcess">The same, but tensors go through sockets.</param>
/// <param name="KillToName">From the kill of a worker to the line that names it.</param>
/// <param name="KillToStep">From the kill of a worker to the next step that was completed without it.</param>
/// <param name="UpToLoss">From the start of <c>distnet up --workers 4</c> to its first line with a loss.</param>
public sealed record ClusterBenchReport(
    MachineReport Machine,
    MeasureOptions Measure,
    Spread ClusterSamplesPerSecond,
    Spread SocketSamplesPerSecond,
    Spread InProcessSamplesPerSecond,
    Spread OverInProcess,
    Spread SocketsOverInProcess,
    Spread KillToName,
    Spread KillToStep,
    Spread UpToLoss);

/// <summary>Throughput of the cluster at one speed of the links between its nodes.</summary>
/// <param name="MegabitsPerSecond">What all links together carry; null: whatever they can.</param>
/// <param name="SamplesPerSecond">Of the run.</param>
public sealed record BandwidthResult(int? MegabitsPerSecond, double SamplesPerSecond);
