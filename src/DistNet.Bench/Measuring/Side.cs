namespace DistNet.Bench;

/// <summary>One of the things that are compared.</summary>
/// <param name="Name">Unique among the sides of a comparison.</param>
/// <param name="Run">Carries out so many operations, at least one; returns the seconds that they took, preparations left out.</param>
public sealed record Side(string Name, Func<int, double> Run);
