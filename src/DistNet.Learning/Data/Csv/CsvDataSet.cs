using System.Globalization;

namespace DistNet.Learning;

/// <summary>A table of comma-separated values as a data set: one sample a line, its features and its class.</summary>
public static class CsvDataSet
{
    /// <param name="reader">Read to its end; left open.</param>
    /// <param name="source">Name of the file, for messages.</param>
    /// <param name="name">Name of the data set.</param>
    /// <param name="options">How the table is read.</param>
    /// <exception cref="DataFormatException">Names the line and column: a line of another width, a cell that is not a finite
    /// number, no class, no samples, no such column.</exception>
    public static DataSet Read(TextReader reader, string source, string name, CsvOptions options)
    {
        using var lines = new CsvLines(reader, source);
        var first = lines.Next() ?? throw new DataFormatException(source, $"is empty; expected one sample a line");
        var second = lines.Next();
        var columns = CsvColumns.Find(first, second, options, source);
        var line = columns.Names is null ? first : second;
        var values = new List<float>();
        var classes = new ClassColumn(source, options.ClassNames);
        while (line is not null)
        {
            AddFeatures(line, columns, values, source);
            if (columns.Label >= 0)
            {
                classes.Add(line.Cells[columns.Label], line, columns.Describe(columns.Label));
            }

            line = ReferenceEquals(line, first) ? second : lines.Next();
        }

        return values.Count > 0
            ? ToDataSet(name, columns, [.. values], classes, options)
            : throw new DataFormatException(source, $"has a header but no samples; expected one sample a line after it");
    }

    private static DataSet ToDataSet(string name, CsvColumns columns, float[] values, ClassColumn classes, CsvOptions options)
    {
        var (names, labels) = columns.Label >= 0 ? classes.Finish() : (options.ClassNames ?? [], new int[values.Length / columns.Features]);
        return new DataSet(new DataSetInfo(name, columns.Features, names, [columns.Features]), values, labels);
    }

    private static void AddFeatures(CsvLine line, CsvColumns columns, List<float> values, string source)
    {
        for (var column = 0; column < columns.Count; column++)
        {
            if (column == columns.Label)
            {
                continue;
            }

            var cell = line.Cells[column];
            if (!float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !float.IsFinite(value))
            {
                throw new DataFormatException(source, $"line {line.Number}, {columns.Describe(column)}: '{cell}' is not a finite number");
            }

            values.Add(value);
        }
    }
}
