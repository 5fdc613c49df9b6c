using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Library.Tests;

/// <summary>A small run, named and as arrays.</summary>
internal static class Iris
{
    public static TrainingOptions Options { get; } = new()
    {
        Data = "iris",
        Hidden = [12, 8],
        Optimizer = OptimizerKind.Adam,
        LearningRate = 0.01f,
        Dropout = 0.1f,
        Batch = 16,
        Epochs = 8,
        Lanes = 4,
    };

    /// <summary>All of it, as a program would have it.</summary>
    public static Samples Samples { get; } = Read();

    /// <summary>The same run, in a folder, by what <c>distnet train</c> calls.</summary>
    public static Task<TrainingResult> AsTheCommandDoes(TrainingOptions options, string folder) =>
        TrainingSession.RunAsync(TrainingOptionsValidator.Checked(options with { Out = folder }), Unwatched.Instance, default);

    private static Samples Read()
    {
        var data = DataCatalog.Create("iris", new GeneratorOptions(null, null, 1));
        float[][] rows = [.. Enumerable.Range(0, data.Count).Select(row => data.Row(row).ToArray())];
        return Samples.Of(rows, data.Labels) with { Name = "iris", ClassNames = data.Info.ClassNames };
    }
}
