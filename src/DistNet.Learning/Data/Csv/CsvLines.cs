using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace DistNet.Learning;

/// <summary>The lines of a table, cut into cells, all of one width. Blank lines are passed over; cells are trimmed.</summary>
internal sealed class CsvLines(TextReader reader, string source) : IDisposable
{
    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        TrimOptions = TrimOptions.Trim,
        IgnoreBlankLines = true,
    };

    private readonly CsvParser _parser = new(reader, Configuration, leaveOpen: true);
    private int? _width;

    /// <summary>The next line, or null at the end.</summary>
    public CsvLine? Next()
    {
        var cells = NextCells();
        _width ??= cells?.Length;
        return cells is null ? null
            : cells.Length == _width ? new CsvLine(_parser.RawRow, cells)
            : throw new DataFormatException(
                source, $"line {_parser.RawRow} has {cells.Length} columns; expected {_width} as in the first line");
    }

    public void Dispose() => _parser.Dispose();

    private string[]? NextCells()
    {
        try
        {
            // Quotes are looked at only when cells are asked for.
            return _parser.Read() ? _parser.Record : null;
        }
        catch (CsvHelperException bad)
        {
            throw new DataFormatException(source, $"line {_parser.RawRow} is not CSV: a quote is out of place", bad);
        }
    }
}

/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Cells">One for each column.</param>
internal sealed record CsvLine(int Number, string[] Cells);
