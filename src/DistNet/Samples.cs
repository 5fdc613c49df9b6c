using DistNet.Hosting;
using DistNet.Learning;
using static System.FormattableString;

namespace DistNet;

/// <summary>
/// Samples in memory: features [Count, Features] and a class for each. Immutable: what they are made from is copied. Features are unscaled; a run
/// scales them as <see cref="TrainingOptions.Scale"/> says, by what it finds in its training part.
/// </summary>
public sealed record Samples
{
    internal Samples(DataSet data) => Data = data;

    /// <summary>Short name, used for the run and its folder: letters, digits, '-', '_' and '.'.</summary>
    /// <exception cref="UsageException">It is another text.</exception>
    public string Name
    {
        get => Data.Info.Name;
        init => Data = DataOf(Data.Info with { Name = SampleChecks.Name(value) });
    }

    /// <summary>One name for each class, at its index; "0", "1" and so on unless given. May have more than occur.</summary>
    /// <exception cref="UsageException">There are fewer than classes, or two are equal.</exception>
    public IReadOnlyList<string> ClassNames
    {
        get => Data.Info.ClassNames;
        init => Data = DataOf(Data.Info with { ClassNames = SampleChecks.ClassNames(value, Data.Labels) });
    }

    /// <summary>[rows, columns] or [rows, columns, channels] where samples are pictures; [Features] unless given.</summary>
    /// <exception cref="UsageException">Its product is not <see cref="Features"/>.</exception>
    public IReadOnlyList<int> Shape
    {
        get => Data.Info.Shape;
        init => Data = DataOf(Data.Info with { Shape = SampleChecks.Shape(value, Features) });
    }

    /// <summary>
    /// The largest value that a feature can have, such as 255: <see cref="ScalingKind.Unit"/> divides by it. Null: each feature's range in the
    /// training part is taken.
    /// </summary>
    /// <exception cref="UsageException">It is not above 0.</exception>
    public float? FullScale
    {
        get => Data.Info.FullScale;
        init => Data = DataOf(Data.Info with { FullScale = SampleChecks.FullScale(value) });
    }

    /// <summary>Number of samples.</summary>
    public int Count => Data.Count;

    /// <summary>Numbers per sample.</summary>
    public int Features => Data.Info.Features;

    internal DataSet Data { get; private init; }

    /// <summary>Samples from rows.</summary>
    /// <param name="features">A row for each sample, all of one length; finite numbers.</param>
    /// <param name="classes">The class of each, from 0.</param>
    /// <exception cref="UsageException">With all that is wrong with them.</exception>
    public static Samples Of(IReadOnlyList<float[]> features, IReadOnlyList<int> classes) =>
        Of(SampleChecks.Joined(features, classes.Count), features.Count == 0 ? 0 : features[0].Length, [.. classes]);

    /// <summary>Samples from rows whose classes have names; <see cref="ClassNames"/> are those names in ordinal order.</summary>
    /// <param name="features">A row for each sample, all of one length; finite numbers.</param>
    /// <param name="labels">The name of each one's class.</param>
    /// <exception cref="UsageException">With all that is wrong with them.</exception>
    public static Samples Of(IReadOnlyList<float[]> features, IReadOnlyList<string> labels)
    {
        string[] names = [.. labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var samples = Of(features, [.. labels.Select(label => Array.BinarySearch(names, label, StringComparer.Ordinal))]);
        return samples with { ClassNames = names };
    }

    /// <summary>Samples from one block of numbers.</summary>
    /// <param name="features">Row-major [Count, Features]; finite numbers.</param>
    /// <param name="classes">[Count]: the class of each, from 0.</param>
    /// <exception cref="UsageException">With all that is wrong with them.</exception>
    public static Samples Of(ReadOnlySpan<float> features, ReadOnlySpan<int> classes)
    {
        SampleChecks.Divides(features.Length, classes.Length);
        return Of(features.ToArray(), features.Length / classes.Length, classes.ToArray());
    }

    /// <summary>A sample's features, unscaled: [Features].</summary>
    /// <param name="sample">From 0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<float> Row(int sample) => Data.Row(sample);

    /// <summary>A sample's class: an index into <see cref="ClassNames"/>.</summary>
    /// <param name="sample">From 0 to <see cref="Count"/> - 1.</param>
    public int ClassOf(int sample) => Data.Labels[sample];

    /// <summary>How many there are of what, in a few words.</summary>
    public override string ToString() => Invariant($"{Name}: {Count} samples of {Features} features, {ClassNames.Count} classes");

    /// <summary>The same samples with the classes of others, by name.</summary>
    internal Samples Under(Samples others)
    {
        var indices = SampleChecks.SameClasses(this, others);
        var info = others.Data.Info with { Name = Name };
        return new Samples(new DataSet(info, Data.Values, [.. Data.Labels.Select(label => indices[label])]));
    }

    private static Samples Of(float[] features, int width, int[] classes)
    {
        SampleChecks.Values(features, width, classes);
        var names = Learning.ClassNames.Numbered(Math.Max(classes.Max() + 1, 1));
        return new Samples(new DataSet(new DataSetInfo("samples", width, names, [width]), features, classes));
    }

    private DataSet DataOf(DataSetInfo info) => new(info, Data.Values, Data.Labels);
}
