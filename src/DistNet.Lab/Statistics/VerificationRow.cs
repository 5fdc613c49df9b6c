using System.Globalization;
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

    /// <summary>Which of <see cref="TheorySections"/>; 0: none.</summary>
    public int Section { get; init; }

    public required string Name { get; init; }

    /// <summary>What was measured.</summary>
    public required double Value { get; init; }

    public required double Theory { get; init; }

    /// <summary>The standard error of the value, in its unit; null: the row is not statistical.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? StandardError { get; init; }

    /// <summary>What the value may be off, in its unit, because of the arithmetic or the resolution that its name tells; null: nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Tolerance { get; init; }

    /// <summary>Value over theory, less one; where theory is 0 the value itself.</summary>
    public double Error => (Value - Theory) / Scale;

    /// <summary>The standard error in the same measure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? RelativeStandardError => StandardError / Scale;

    /// <summary>
    /// An exact row: value and theory are the same number, or as near as its tolerance says. A statistical one: at most 4 standard errors off, the standard error
    /// itself at most 0.4 %.
    /// </summary>
    public bool Passes => StandardError is null
        ? Value == Theory || Math.Abs(Value - Theory) <= Tolerance
        : Math.Abs(Error) <= MostStandardErrors * RelativeStandardError && RelativeStandardError <= GreatestStandardError;

    /// <summary>How the value is held to theory, in a word or a figure.</summary>
    [JsonIgnore]
    internal string Measure =>
        RelativeStandardError is { } error ? LabTable.Percent(error, 2)
        : Tolerance is { } tolerance ? $"+- {tolerance.ToString("0.0e-0", CultureInfo.InvariantCulture)}"
        : "exact";

    private double Scale => Theory == 0 ? 1 : Math.Abs(Theory);

    public static VerificationRow Exact(string name, double value, double theory) =>
        new() { Name = name, Value = value, Theory = theory };

    /// <summary>Something that holds or does not.</summary>
    public static VerificationRow Holds(string name, bool value) => Exact(name, value ? 1 : 0, 1);

    /// <summary>Exact but for arithmetic in single precision, or the resolution of a search.</summary>
    /// <param name="name">Tells which.</param>
    /// <param name="value">What was measured.</param>
    /// <param name="theory">What it is to be.</param>
    /// <param name="tolerance">What it may be off, in its unit.</param>
    public static VerificationRow Within(string name, double value, double theory, double tolerance) =>
        new() { Name = name, Value = value, Theory = theory, Tolerance = tolerance };

    public static VerificationRow Statistical(string name, Estimate value, double theory) =>
        new() { Name = name, Value = value.Mean, Theory = theory, StandardError = value.StandardError };
}
