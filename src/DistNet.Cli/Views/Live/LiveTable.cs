using System.Globalization;
using Spectre.Console;

namespace DistNet.Cli;

/// <summary>Tables of a live view: no frame, one row of titles, the first column to the left, figures to the right; no cell is ever broken into two rows.</summary>
internal static class LiveTable
{
    /// <summary>Rows that a table takes besides its own.</summary>
    public const int TitleRows = 1;

    /// <param name="width">Columns of the terminal: a column of the table is left out where it is too narrow for it.</param>
    /// <param name="columns">All there could be.</param>
    /// <param name="rows">A cell for each of those, as plain text.</param>
    public static Table Of(int width, IReadOnlyList<LiveColumn> columns, IEnumerable<string[]> rows)
    {
        int[] shown = [.. Enumerable.Range(0, columns.Count).Where(i => width >= columns[i].From)];
        var table = new Table().Border(TableBorder.None);
        foreach (var i in shown)
        {
            var column = new TableColumn($"[bold]{Markup.Escape(columns[i].Title)}[/]").NoWrap().Padding(0, 0, 2, 0);
            table.AddColumn(i == 0 ? column : column.RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow([.. shown.Select(i => Colored(row[i]))]);
        }

        return table;
    }

    public static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Only what is wrong, or soon may be, has a colour.</summary>
    private static string Colored(string cell) => cell switch
    {
        "lost" or "unfit" => $"[red]{cell}[/]",
        "starting" or "joining" => $"[yellow]{cell}[/]",
        _ => Markup.Escape(cell),
    };
}

/// <summary>A column of a <see cref="LiveTable"/>.</summary>
/// <param name="Title">Its title.</param>
/// <param name="From">Least width of the terminal at which it is shown.</param>
internal readonly record struct LiveColumn(string Title, int From = 0);
