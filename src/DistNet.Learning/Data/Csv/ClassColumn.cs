using System.Globalization;

namespace DistNet.Learning;

/// <summary>
/// The classes of a table, line by line. Whole numbers from 0 are the classes' own numbers; when any class is something
/// else (a word, a negative number) all are names, numbered in ordinal order, so that numbers do not depend on the order
/// of the lines.
/// </summary>
internal sealed class ClassColumn(string source, IReadOnlyList<string>? known)
{
    private const int MostClasses = 1 << 16;
    private readonly List<string> _classes = [];
    private readonly Dictionary<string, string> _classOf = new(StringComparer.Ordinal);

    /// <exception cref="DataFormatException">No class, a fraction, too large a number, or not one of the known classes.</exception>
    public void Add(string cell, CsvLine line, string column)
    {
        if (!_classOf.TryGetValue(cell, out var name))
        {
            _classOf[cell] = name = Parse(cell, line, column);
        }

        _classes.Add(name);
    }

    /// <summary>Names of all classes, and the class of each line.</summary>
    public (IReadOnlyList<string> Names, int[] Labels) Finish()
    {
        var names = known ?? Names();
        var numbers = Distinct().ToDictionary(name => name, name => Number(name, names), StringComparer.Ordinal);
        return (names, [.. _classes.Select(name => numbers[name])]);
    }

    /// <summary>The class's name; numbers in their shortest form, so that 1 and 1.0 are one class.</summary>
    private string Parse(string cell, CsvLine line, string column)
    {
        var isNumber = double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        if (cell.Length == 0 || (isNumber && !double.IsInteger(number)) || number >= MostClasses)
        {
            throw new DataFormatException(
                source,
                $"line {line.Number}, {column}: '{cell}' is no class; expected a word or a whole number from 0 to {MostClasses - 1}");
        }

        var name = isNumber ? ((int)number).ToString(CultureInfo.InvariantCulture) : cell;
        return known is null || Number(name, known) >= 0
            ? name
            : throw new DataFormatException(
                source, $"line {line.Number}, {column}: unknown class '{cell}'; expected one of {string.Join(", ", known)}");
    }

    private IReadOnlyList<string> Names() => _classOf.Values.All(name => ClassNumber(name) >= 0)
        ? ClassNames.Numbered(_classOf.Values.Max(ClassNumber) + 1)
        : [.. Distinct().Order(StringComparer.Ordinal)];

    private IEnumerable<string> Distinct() => _classOf.Values.Distinct(StringComparer.Ordinal);

    private static int Number(string name, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        var number = ClassNumber(name);
        return number < names.Count ? number : -1;
    }

    private static int ClassNumber(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
