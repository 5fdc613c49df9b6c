using System.Text.Json;
using System.Text.Json.Serialization;
using static System.FormattableString;

namespace DistNet.Lab;

/// <summary>A plan, for people or as one JSON object. Times in seconds.</summary>
public sealed record PlanReport
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Version of the JSON form.</summary>
    public int Schema { get; } = 1;

    /// <summary>The run planned from.</summary>
    public required string Run { get; init; }

    /// <summary>Its rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Its workers.</summary>
    public required int Workers { get; init; }

    public required double SamplesPerGradient { get; init; }

    /// <summary>How many service times there were to draw from.</summary>
    public required int ServiceTimes { get; init; }

    /// <inheritdoc cref="Planner.Exchange"/>
    public required double ExchangeSeconds { get; init; }

    /// <inheritdoc cref="Planner.Fit"/>
    public required ShiftedExponential Fit { get; init; }

    public required PlanGoal Goal { get; init; }

    public required double GreatestStaleness { get; init; }

    public required IReadOnlyList<Prediction> Predictions { get; init; }

    /// <summary>Null: no rule keeps to the staleness.</summary>
    public required Prediction? Recommended { get; init; }

    public required IReadOnlyList<MeasuredRow> Measured { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public void Write(TextWriter writer)
    {
        writer.WriteLine(Invariant($"{Run}: {Rule}, {Workers} workers, {ServiceTimes} service times,"));
        writer.WriteLine(Invariant($"{SamplesPerGradient:0.#} samples a gradient, {1000 * Fit.Mean:0.000} ms each on average, {1000 * ExchangeSeconds:0.000} ms for an exchange"));
        WritePredictions(writer);
        WriteMeasured(writer);
        writer.WriteLine(Recommended is { } best
            ? Invariant($"recommended: --mode {best.Rule} --workers {best.Workers} (goal {Goal.ToString().ToLowerInvariant()}, staleness at most {GreatestStaleness:0.##})")
            : Invariant($"no rule keeps its mean staleness to {GreatestStaleness:0.##}; allow more by --max-staleness"));
    }

    private void WritePredictions(TextWriter writer)
    {
        var table = LabTable.Of(1, "rule", "workers", "ms/update", "formula", "samples/s", "stale", "dropped");
        foreach (var row in Predictions)
        {
            table.With(
                row.Rule,
                Invariant($"{row.Workers}"),
                Invariant($"{1000 * row.SecondsPerUpdate:0.000}"),
                row.ClosedForm is { } formula ? Invariant($"{1000 * formula:0.000}") : "-",
                Invariant($"{row.SamplesPerSecond:0}"),
                row.MeanStaleness is { } staleness ? Invariant($"{staleness:0.00}") : "-",
                LabTable.Percent(row.DroppedShare, 0));
        }

        LabTable.Write(writer, table);
    }

    private void WriteMeasured(TextWriter writer)
    {
        if (Measured.Count == 0)
        {
            return;
        }

        var table = LabTable.Of(1, "measured since", "rule", "workers", "predicted/s", "measured/s", "error");
        foreach (var row in Measured)
        {
            table.With(
                Path.GetFileName(row.Run.TrimEnd('/')),
                row.Rule,
                Invariant($"{row.Workers}"),
                Invariant($"{row.Predicted:0}"),
                Invariant($"{row.Measured:0}"),
                LabTable.Percent(row.Error, 1));
        }

        LabTable.Write(writer, table);
    }
}
