using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet;

/// <summary>What samples must be; what is wrong is a <see cref="UsageException"/> that says what would be right.</summary>
internal static class SampleChecks
{
    /// <summary>Mistakes of one kind that are told one by one.</summary>
    private const int Told = 5;

    /// <summary>More would be a mistake, such as numbers that are no classes: each has a name, and a unit of the network.</summary>
    private const int MostClasses = 65536;

    public static float[] Joined(IReadOnlyList<float[]> rows, int classes)
    {
        var width = rows.Count == 0 ? 0 : rows[0].Length;
        string[] problems =
        [
            .. rows.Count == classes ? [] : new[] { Invariant($"there are {rows.Count} rows of features and {classes} classes; give one class for each row") },
            .. rows.Index().Where(row => row.Item.Length != width).Take(Told)
                .Select(row => Invariant($"sample {row.Index} has {row.Item.Length} features and sample 0 has {width}; give all the same number")),
        ];
        Require(problems);
        return [.. rows.SelectMany(row => row)];
    }

    public static void Divides(int features, int classes)
    {
        if (classes == 0 || features % classes != 0)
        {
            throw new UsageException(Invariant($"{features} features cannot be divided among {classes} samples; give as many for each sample"));
        }
    }

    public static void Values(float[] features, int width, int[] classes)
    {
        if (width == 0 || classes.Length == 0)
        {
            throw new UsageException("there are no samples, or samples without features; give at least one of each");
        }

        Require(
        [
            .. classes.Index().Where(label => label.Item < 0).Take(Told)
                .Select(label => Invariant($"sample {label.Index} is of class {label.Item}; classes are counted from 0")),
            .. classes.Index().Where(label => label.Item >= MostClasses).Take(Told)
                .Select(label => Invariant($"sample {label.Index} is of class {label.Item}; give numbers below {MostClasses}")),
            .. features.Index().Where(value => !float.IsFinite(value.Item)).Take(Told)
                .Select(value => Invariant($"feature {value.Index % width} of sample {value.Index / width} is {value.Item}; leave the sample out, or give a number")),
        ]);
    }

    public static string Name(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && name[0] != '.'
        ? name
        : throw new UsageException($"'{name}' cannot name samples: give letters, digits, '-', '_' and '.', the first no '.'");

    public static IReadOnlyList<string> ClassNames(IReadOnlyList<string> names, int[] classes)
    {
        var needed = classes.Max() + 1;
        Require(
        [
            .. names.Count >= needed ? [] : new[] { Invariant($"there are {names.Count} class names for {needed} classes; give one for each") },
            .. names.CountBy(name => name, StringComparer.Ordinal).Where(name => name.Value > 1).Take(Told)
                .Select(name => $"two classes are called '{name.Key}'; give each a name of its own"),
        ]);
        return [.. names];
    }

    public static IReadOnlyList<int> Shape(IReadOnlyList<int> shape, int features) => shape.All(length => length > 0) && shape.Aggregate(1L, (product, length) => product * length) == features
        ? [.. shape]
        : throw new UsageException(Invariant($"a sample of {features} features cannot have the shape [{string.Join(", ", shape)}]; give lengths whose product is {features}"));

    public static float? FullScale(float? value) => value is null or > 0 and < float.PositiveInfinity
        ? value
        : throw new UsageException(Invariant($"the full scale must be more than 0, not {value}"));

    /// <summary>For each class of the ones its index among the classes of the others.</summary>
    public static int[] SameClasses(Samples ones, Samples others)
    {
        var indices = ones.ClassNames.Select(name => others.ClassNames.ToList().IndexOf(name)).ToArray();
        Require(
        [
            .. ones.Features == others.Features ? [] : new[] { Invariant($"{ones.Name} has {ones.Features} features a sample, {others.Name} has {others.Features}; give the same") },
            .. indices.Index().Where(index => index.Item < 0).Take(Told)
                .Select(index => $"{ones.Name} has a class '{ones.ClassNames[index.Index]}' that is not among {string.Join(", ", others.ClassNames)}; give both the same ClassNames"),
        ]);
        return indices;
    }

    private static void Require(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new UsageException(problems);
        }
    }
}
