namespace DistNet.Lab;

/// <summary>A prediction that was then measured.</summary>
/// <param name="Run">The run that was measured.</param>
/// <param name="Rule">Its rule.</param>
/// <param name="Workers">Its workers.</param>
/// <param name="Predicted">Samples a second.</param>
/// <param name="Measured">The same as the run had it.</param>
public sealed record MeasuredRow(string Run, string Rule, int Workers, double Predicted, double Measured)
{
    /// <summary>Predicted over measured, less one.</summary>
    public double Error => (Predicted / Measured) - 1;
}
