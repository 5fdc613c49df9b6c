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
        var first = First(lines, source);
        var second = lines.Next();
        var columns = CsvColumns.Find(first, second, options, source);
        var classes = columns.Label < 0 ? null : new ClassColumn(source, options.ClassNames);
        var values = ReadValues(lines, first, second, columns, source, classes);
        return classes is null
            ? Unlabelled(name, columns, values, options)
            : Labelled(name, columns, values, classes);
    }

    /// <summary>
    /// Reads samples to predict their classes: every label is 0. The table has the features alone, or a class's column besides, which
    /// is passed over unread.
    /// </summary>
    /// <param name="reader">Read to its end; left open.</param>
    /// <param name="source">Name of the file, for messages.</param>
    /// <param name="name">Name of the data set.</param>
    /// <param name="features">Features of a sample.</param>
    /// <param name="options">How the table is read; <see cref="CsvOptions.HasLabel"/> is found by the number of columns.</param>
    /// <exception cref="DataFormatException">As <see cref="Read"/>, and for another number of columns.</exception>
    public static DataSet ReadUnlabelled(TextReader reader, string source, string name, int features, CsvOptions options)
    {
        using var lines = new CsvLines(reader, source);
        var first = First(lines, source);
        var width = first.Cells.Length;
        if (width != features && width != features + 1)
        {
            throw new DataFormatException(
                source, $"line {first.Number} has {width} columns; expected the {features} features, alone or with a class");
        }

        var second = lines.Next();
        var columns = CsvColumns.Find(first, second, options with { HasLabel = width > features }, source);
        return Unlabelled(name, columns, ReadValues(lines, first, second, columns, source, classes: null), options);
    }

    private static CsvLine First(CsvLines lines, string source) =>
        lines.Next() ?? throw new DataFormatException(source, $"is empty; expected one sample a line");

    /// <summary>The features of all samples; adds each one's class where classes are asked for.</summary>
    private static float[] ReadValues(CsvLines lines, CsvLine first, CsvLine? second, CsvColumns columns, string source, ClassColumn? classes)
    {
        var values = new List<float>();
        var line = columns.Names is null ? first : second;
        while (line is not null)
        {
            AddFeatures(line, columns, values, source);
            classes?.Add(line.Cells[columns.Label], line, columns.Describe(columns.Label));
            line = ReferenceEquals(line, first) ? second : lines.Next();
        }

        return values.Count > 0
            ? [.. values]
            : throw new DataFormatException(source, $"has a header but no samples; expected one sample a line after it");
    }

    private static DataSet Labelled(string name, CsvColumns columns, float[] values, ClassColumn classes)
    {
        var (names, labels) = classes.Finish();
        return new DataSet(new DataSetInfo(name, columns.Features, names, [columns.Features]), values, labels);
    }

    private static DataSet Unlabelled(string name, CsvColumns columns, float[] values, CsvOptions options) => new(
        new DataSetInfo(name, columns.Features, options.ClassNames ?? [], [columns.Features]),
        values,
        new int[values.Length / columns.Features]);

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
