using System.Globalization;
using Spectre.Console;

namespace DistNet.Lab;

/// <summary>A <see cref="StudyReport"/> for people: question, tables, conclusion, commands.</summary>
public static class StudyText
{
    private const string None = "-";

    public static void Write(TextWriter writer, StudyReport report)
    {
        writer.WriteLine(report.Question);
        foreach (var table in report.Tables)
        {
            writer.WriteLine();
            writer.WriteLine(table.Title);
            LabTable.Write(writer, Drawn(table));
        }

        WriteConclusion(writer, report.Findings);
        WriteCommands(writer, report.Tables);
    }

    private static void WriteConclusion(TextWriter writer, IReadOnlyList<StudyFinding> findings)
    {
        writer.WriteLine("Conclusion");
        foreach (var finding in findings)
        {
            writer.WriteLine($"- {(finding.Holds ? "" : "NOT AS EXPECTED: ")}{finding.Text}");
        }
    }

    private static void WriteCommands(TextWriter writer, IReadOnlyList<StudyTable> tables)
    {
        writer.WriteLine();
        writer.WriteLine("By hand");
        foreach (var row in tables.SelectMany(table => table.Rows))
        {
            writer.WriteLine($"  {row.Command}");
        }
    }

    private static Table Drawn(StudyTable table)
    {
        Column[] columns = [.. table.Rows[0].Figures.Select(figure => Column.Of(figure.Name, table.Rows))];
        var drawn = LabTable.Of(table.Labels.Count, [.. table.Labels, .. columns.SelectMany(column => column.Titles)]);
        foreach (var row in table.Rows)
        {
            drawn.With([.. row.Labels, .. columns.SelectMany(column => column.Cells(row))]);
        }

        return drawn;
    }

    /// <summary>A figure of all rows. Theory has a column where it has something to say; what is whole in all rows is a count, and is written so.</summary>
    private sealed record Column(string Name, bool HasTheory, bool IsCount)
    {
        public static Column Of(string name, IReadOnlyList<StudyRow> rows)
        {
            var figures = rows.Select(row => row.Find(name)).ToArray();
            return new(name, figures.Any(figure => figure.Theory is not null), figures.All(figure => double.IsInteger(figure.Value ?? 0)));
        }

        public IEnumerable<string> Titles => HasTheory ? [Name, "theory"] : [Name];

        public IEnumerable<string> Cells(StudyRow row)
        {
            var figure = row.Find(Name);
            var measured = figure.Value is null && row.Diverged > 0 ? "diverged" : Number(figure.Value) + Error(figure.StandardError);
            return HasTheory ? [measured, Number(figure.Theory)] : [measured];
        }

        private string Number(double? value) => value is not { } given ? None
            : IsCount && double.IsInteger(given) ? given.ToString("0", CultureInfo.InvariantCulture)
            : LabTable.Figure(given);

        /// <summary>Where all seeds agree there is none to tell.</summary>
        private static string Error(double? error) => error is > 1e-12 ? $" ±{error.Value.ToString("0.0e+0", CultureInfo.InvariantCulture)}" : "";
    }
}
