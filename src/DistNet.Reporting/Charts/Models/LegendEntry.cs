namespace DistNet.Reporting;

/// <summary>One entry of a legend.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Colour">Number of its colour.</param>
/// <param name="Kind">How it is drawn.</param>
public readonly record struct LegendEntry(string Name, int Colour, LegendMark Kind);

public enum LegendMark
{
    Line,
    DashedLine,
    Box,
}
