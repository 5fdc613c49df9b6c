namespace DistNet.Bench;

/// <summary>What <see cref="SimulatorBench"/> measured.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Measure">How long and how often.</param>
/// <param name="Results">One for each rule and size.</param>
public sealed record SimulatorBenchReport(MachineReport Machine, MeasureOptions Measure, IReadOnlyList<SimulatorResult> Results);

/// <summary>One rule and size.</summary>
/// <param name="Rule">The update rule.</param>
/// <param name="Lanes">Lanes, each on a worker of its own.</param>
/// <param name="Events">Inputs that a measured run gave to actors.</param>
/// <param name="EventsPerSecond">Over real time, construction included.</param>
public sealed record SimulatorResult(string Rule, int Lanes, long Events, Spread EventsPerSecond);
