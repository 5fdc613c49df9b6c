using System.Text.Json;
using System.Text.Json.Serialization;

namespace DistNet.Lab;

/// <summary>Rows of a verification, as a table for people or as one JSON object.</summary>
public sealed record VerificationReport(IReadOnlyList<VerificationRow> Rows)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Whether every row does.</summary>
    public bool Passes => Rows.All(row => row.Passes);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public void Write(TextWriter writer)
    {
        var table = LabTable.Of(1, "name", "value", "theory", "error", "std error", "pass");
        foreach (var row in Rows)
        {
            table.With(
                row.Name,
                LabTable.Figure(row.Value),
                LabTable.Figure(row.Theory),
                LabTable.Percent(row.Error, 2),
                row.RelativeStandardError is { } error ? LabTable.Percent(error, 2) : "exact",
                row.Passes ? "yes" : "NO");
        }

        LabTable.Write(writer, table);
    }
}
