using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// Samples in memory: features row-major [Count, Features], one class per sample, or real targets [Count, Targets].
/// Immutable; shared by every worker of a process.
/// </summary>
public sealed class DataSet
{
    public DataSet(DataSetInfo info, float[] features, int[] labels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(features.Length, (long)info.Features * labels.Length, nameof(features));
        Info = info;
        Values = features;
        Labels = labels;
    }

    public DataSetInfo Info { get; }

    public int Count => Labels.Length;

    /// <summary>Row-major [Count, Features].</summary>
    public float[] Values { get; }

    /// <summary>The class of each sample, from 0 to Classes - 1.</summary>
    public int[] Labels { get; }

    public ReadOnlySpan<float> Row(int sample) => Values.AsSpan(sample * Info.Features, Info.Features);
}

/// <summary>What a data set is.</summary>
/// <param name="Name">Short name, as on the command line.</param>
/// <param name="Features">Numbers per sample.</param>
/// <param name="ClassNames">One name per class; their number is the number of classes.</param>
/// <param name="Shape">Shape of a sample where it is a picture ([rows, columns] or [rows, columns, channels]), else [Features].</param>
/// <param name="FullScale">The largest value a feature can have where that is known (255 for bytes), else null.</param>
public sealed record DataSetInfo(
    string Name,
    int Features,
    IReadOnlyList<string> ClassNames,
    IReadOnlyList<int> Shape,
    float? FullScale = null)
{
    public int Classes => ClassNames.Count;
}
