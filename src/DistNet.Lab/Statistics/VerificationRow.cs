using System.Text.Json.Serialization;

namespace DistNet.Lab;

/// <summary>A measured figure beside what theory says.</summary>
public sealed record VerificationRow
{
    /// <summary>Standard errors that a statistical row may be off.</summary>
    public const double MostStandardErrors = 4;

    /// <summary>Relative standard error that a statistical row may have: a figure that is hardly known proves nothing.</summary>
    public const double GreatestStandardError = 0.004;

    private VerificationRow()
    {
    }

    public required string Name { get; init; }

    /// <summary>What was measured.</summary>
    public required double Value { get; init; }

    public required double Theory { get; init; }

    /// <summary>The standard error of the value, in its unit; null: the row is exact.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? StandardError { get; init; }

    /// <summary>Value over theory, less one; where theory is 0 the value itself.</summary>
    public double Error => (Value - Theory) / Scale;

    /// <summary>The standard error in the same measure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? RelativeStandardError => StandardError / Scale;

    /// <summary>
    /// An exact row: value and theory are the same number. A statistical one: at most 4 standard errors off, the standard error itself at most 0.4 %.
    /// </summary>
    public bool Passes => StandardError is null
        ? Value == Theory
        : Math.Abs(Error) <= MostStandardErrors * RelativeStandardError && RelativeStandardError <= GreatestStandardError;

    private double Scale => Theory == 0 ? 1 : Math.Abs(Theory);

    public static VerificationRow Exact(string name, double value, double theory) =>
        new() { Name = name, Value = value, Theory = theory };

    public static VerificationRow Statistical(string name, Estimate value, double theory) =>
        new() { Name = name, Value = value.Mean, Theory = theory, StandardError = value.StandardError };
}
