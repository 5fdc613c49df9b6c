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
        // Theory has a column where it has something to say.
        var columns = table.Rows[0].Figures.Select(figure => figure.Name)
            .Select(name => (Name: name, HasTheory: table.Rows.Any(row => row.Find(name).Theory is not null)))
            .ToArray();
        var drawn = LabTable.Of(table.Labels.Count, [.. table.Labels, .. columns.SelectMany(column => Titles(column.Name, column.HasTheory))]);
        foreach (var row in table.Rows)
        {
            drawn.With([.. row.Labels, .. columns.SelectMany(column => Cells(row, row.Find(column.Name), column.HasTheory))]);
        }

        return drawn;
    }

    private static IEnumerable<string> Titles(string name, bool hasTheory) => hasTheory ? [name, "theory"] : [name];

    private static IEnumerable<string> Cells(StudyRow row, StudyFigure figure, bool hasTheory)
    {
        var measured = figure.Value is not { } value ? (row.Diverged > 0 ? "diverged" : None)
            : figure.StandardError is { } error ? $"{LabTable.Figure(value)} ±{error.ToString("0.0e+0", System.Globalization.CultureInfo.InvariantCulture)}"
            : LabTable.Figure(value);
        return hasTheory ? [measured, figure.Theory is { } theory ? LabTable.Figure(theory) : None] : [measured];
    }
}
