namespace DistNet.Bench;

/// <summary>What <see cref="PlanesBench"/> measured.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Measure">How long and how often.</param>
/// <param name="OneWay">Frames of <see cref="PlanesBench.OneWayBytes"/> one way.</param>
/// <param name="Exchange">A gradient one way, parameters back, <see cref="PlanesBench.ExchangeBytes"/> each.</param>
/// <param name="ControlIdle">Round trips of a small message on a quiet machine.</param>
/// <param name="ControlLoaded">The same while tensors flow as fast as they can.</param>
public sealed record PlanesBenchReport(
    MachineReport Machine,
    MeasureOptions Measure,
    PlaneResult OneWay,
    PlaneResult Exchange,
    RoundTrips ControlIdle,
    RoundTrips ControlLoaded);

/// <summary>Tensor plane and raw socket between two processes, in turns.</summary>
/// <param name="PlaneBytesPerSecond">The tensor plane's rate; an exchange counts both ways.</param>
/// <param name="RawBytesPerSecond">The raw socket's.</param>
/// <param name="OverRaw">Rate over rate, within each round.</param>
public sealed record PlaneResult(Spread PlaneBytesPerSecond, Spread RawBytesPerSecond, Spread OverRaw);

/// <summary>Round trips on the control plane, in seconds.</summary>
public sealed record RoundTrips(int Count, double Median, double P99, double Max);
