namespace DistNet.Hosting;

/// <summary>Which frames of a link a fault hits.</summary>
/// <param name="Probability">Of each frame, above 0 and at most 1.</param>
/// <param name="Count">Most frames that one node hits on its way to another; null: no limit.</param>
public readonly record struct FrameChoice(double Probability, int? Count)
{
    public static readonly FrameChoice All = new(1, null);
}
