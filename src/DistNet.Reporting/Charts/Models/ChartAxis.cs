namespace DistNet.Reporting;

/// <summary>What an axis shows. Its range and ticks follow from the values (<see cref="AxisScale"/>).</summary>
/// <param name="Label">What is measured.</param>
/// <param name="Unit">In what; empty: a plain number.</param>
public sealed record ChartAxis(string Label, string Unit = "")
{
    /// <summary>Decades have equal lengths; values that are not positive are left out.</summary>
    public bool Logarithmic { get; init; }

    /// <summary>The range includes zero.</summary>
    public bool FromZero { get; init; }

    /// <summary>The range ends where the values do, not at the next tick.</summary>
    public bool Tight { get; init; }

    /// <summary>Values are shares: 0.5 is written as 50 %.</summary>
    public bool Percent { get; init; }

    /// <summary>Values are counts: no ticks between whole numbers.</summary>
    public bool Whole { get; init; }

    /// <summary>Such as "time (s)".</summary>
    public string Caption => Unit.Length == 0 ? Label : $"{Label} ({Unit})";
}
