namespace DistNet.Lab;

/// <summary>A part of the verification that can be carried out by itself: some rows from one run, or from a few.</summary>
/// <param name="Section">Number of the theory's section that it belongs to.</param>
/// <param name="Measure">Makes the rows; pure, so that checks may be carried out side by side.</param>
internal sealed record Check(int Section, Func<Bench, IEnumerable<VerificationRow>> Measure)
{
    /// <summary>It takes well under a second: the tests carry these out always.</summary>
    public bool IsQuick { get; init; }
}
