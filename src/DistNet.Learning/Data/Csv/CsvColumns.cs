using System.Globalization;

namespace DistNet.Learning;

/// <summary>What is in which column of a table.</summary>
/// <param name="Count">Columns in all.</param>
/// <param name="Label">Index of the class's column; -1 where there is none.</param>
/// <param name="Names">From the header; null where there is none.</param>
internal sealed record CsvColumns(int Count, int Label, string[]? Names)
{
    public int Features => Label < 0 ? Count : Count - 1;

    /// <summary>Finds the class's column and decides whether the first line is a header.</summary>
    /// <exception cref="DataFormatException">There is no such column, or none is left for features.</exception>
    public static CsvColumns Find(CsvLine first, CsvLine? second, CsvOptions options, string source)
    {
        var label = options.HasLabel ? FindLabel(first.Cells, options, source, out var byName) : NoLabel(out byName);
        var header = options.Header ?? (byName || LooksLikeHeader(first.Cells, second?.Cells, label));
        var columns = new CsvColumns(first.Cells.Length, label, header ? first.Cells : null);
        return columns.Features > 0
            ? columns
            : throw new DataFormatException(
                source, $"line {first.Number} has one column; expected features and a class, separated by commas");
    }

    /// <summary>A column for people: counted from 1, with its name where it has one.</summary>
    public string Describe(int column) => string.Create(
        CultureInfo.InvariantCulture,
        $"column {column + 1}{(Names is null ? "" : $" ({Names[column]})")}");

    private static int NoLabel(out bool byName)
    {
        byName = false;
        return -1;
    }

    private static int FindLabel(string[] cells, CsvOptions options, string source, out bool byName)
    {
        var label = options.Label;
        var named = label is null || options.Header == false ? -1 : Array.IndexOf(cells, label);
        // A number in the first line of data is no name of a column.
        byName = named >= 0 && !IsNumber(label!);
        if (label is null || byName)
        {
            return byName ? named : cells.Length - 1;
        }

        if (int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return index < cells.Length
                ? index
                : throw new DataFormatException(source, $"has no column {index} for the class; expected 0 to {cells.Length - 1}");
        }

        var nearest = NearestName.Of(label, cells.Where(cell => !IsNumber(cell)));
        var hint = nearest is null ? "give its name in the header or its index from 0" : $"did you mean '{nearest}'?";
        throw new DataFormatException(source, $"has no column '{label}' for the class; {hint}");
    }

    private static bool LooksLikeHeader(string[] first, string[]? second, int label)
    {
        var features = first.Where((_, column) => column != label);
        return features.Any(cell => !IsNumber(cell))
            || (label >= 0 && second is not null && !IsNumber(first[label]) && IsNumber(second[label]));
    }

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
