using System.Text.Json;

namespace DistNet.Lab;

/// <summary>Rows of a verification, as a table for people or as one JSON object.</summary>
public sealed record VerificationReport(IReadOnlyList<VerificationRow> Rows)
{
    /// <summary>Whether every row does.</summary>
    public bool Passes => Rows.All(row => row.Passes);

    public string ToJson() => JsonSerializer.Serialize(this, LabJson.Options);

    /// <summary>One table, with a heading for each section, and a line that sums it up.</summary>
    public void Write(TextWriter writer)
    {
        var table = LabTable.Of(1, "name", "value", "theory", "error", "std error", "pass");
        foreach (var section in Rows.GroupBy(row => row.Section))
        {
            if (section.Key != 0)
            {
                table.With($"{TheorySections.Heading(section.Key)}:", "", "", "", "", "");
            }

            foreach (var row in section)
            {
                table.With(
                    row.Name, LabTable.Figure(row.Value), LabTable.Figure(row.Theory), LabTable.Percent(row.Error, 2), row.Measure, row.Passes ? "yes" : "NO");
            }
        }

        LabTable.Write(writer, table);
        writer.WriteLine(FormattableString.Invariant($"{Rows.Count(row => row.Passes)} of {Rows.Count} rows pass"));
    }
}
