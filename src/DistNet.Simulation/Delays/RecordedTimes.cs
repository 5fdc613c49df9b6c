using System.Globalization;

namespace DistNet.Simulation;

/// <summary>
/// Reads recorded times: a text file of one time in milliseconds a line, or a CSV file, of which the first column counts unless
/// <c>FILE#COLUMN</c> names one of its header. Empty lines and those that begin with # are passed over.
/// </summary>
internal static class RecordedTimes
{
    private const double MillisecondsInSecond = 1000;

    /// <exception cref="FormatException">The file cannot be read, or something in it is no time.</exception>
    public static RecordedDelay Read(string source, bool inOrder)
    {
        var (path, column) = source.Split('#') is [var file, var name] ? (file, name) : (source, null);
        var rows = Rows(path);
        var index = column is null ? 0 : Array.FindIndex(rows.FirstOrDefault() ?? [], cell => cell == column);
        if (index < 0)
        {
            throw new FormatException($"names the column {column}, which {path} has not");
        }

        var hasHeader = column is not null || (rows.Count > 0 && !TryTime(rows[0], 0, out _));
        var seconds = rows.Skip(hasHeader ? 1 : 0).Select(row => TryTime(row, index, out var time)
            ? time
            : throw new FormatException($"has a line in {path} that is not a time in milliseconds: {string.Join(',', row)}")).ToArray();
        return seconds.Length > 0 ? new RecordedDelay(source, seconds, inOrder) : throw new FormatException($"names {path}, which has no times");
    }

    private static List<string[]> Rows(string path)
    {
        try
        {
            return [.. File.ReadLines(path)
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => line.Split(',', StringSplitOptions.TrimEntries))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"cannot be read: {e.Message}");
        }
    }

    private static bool TryTime(string[] row, int column, out double seconds)
    {
        seconds = 0;
        if (column >= row.Length || !double.TryParse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return false;
        }

        seconds = milliseconds / MillisecondsInSecond;
        return milliseconds >= 0 && double.IsFinite(milliseconds);
    }
}
