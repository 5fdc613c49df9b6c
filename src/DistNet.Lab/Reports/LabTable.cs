using System.Globalization;
using Spectre.Console;

namespace DistNet.Lab;

/// <summary>How the laboratory's tables are drawn: 80 columns, words to the left, figures to the right.</summary>
internal static class LabTable
{
    public const int Width = 80;

    /// <summary>A table whose first columns are words, the others figures.</summary>
    /// <param name="words">Number of columns of words.</param>
    /// <param name="columns">Their titles.</param>
    public static Table Of(int words, params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (var i = 0; i < columns.Length; i++)
        {
            var column = new TableColumn(Markup.Escape(columns[i]));
            column = i == 0 ? column : column.NoWrap();
            table.AddColumn(i < words ? column : column.RightAligned());
            table.Columns[i].Padding = new Padding(i == 0 ? 0 : 1, 0, 0, 0);
        }

        return table;
    }

    public static Table With(this Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);

    public static void Write(TextWriter writer, Table table)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
        });
        console.Profile.Width = Width;
        console.Write(table);
    }

    /// <summary>Four digits that count.</summary>
    public static string Figure(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 1e-3 or >= 1e6 => value.ToString("0.000e+0", CultureInfo.InvariantCulture),
        < 1 => value.ToString("0.00000", CultureInfo.InvariantCulture),
        < 10 => value.ToString("0.0000", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.000", CultureInfo.InvariantCulture),
        < 1000 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0", CultureInfo.InvariantCulture),
    };

    public static string Percent(double share, int digits) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100 * share, digits)} %");
}
