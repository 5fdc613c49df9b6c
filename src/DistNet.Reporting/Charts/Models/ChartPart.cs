namespace DistNet.Reporting;

/// <summary>A kind of bar or span: its name in the legend and its colour.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Colour">Number of its colour; <see cref="ChartStyles.Muted"/>: grey, for what is nobody's work.</param>
public readonly record struct ChartPart(string Name, int Colour);
