using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Examples;

/// <summary>Trains on points that the program has in its memory. Touches no file.</summary>
internal static class OwnData
{
    public static async Task RunAsync()
    {
        var luck = new Random(1);
        float[][] points = [.. Enumerable.Range(0, 1000).Select(_ => new[] { luck.NextSingle(), luck.NextSingle() })];
        string[] labels = [.. points.Select(p => (p[0] * p[0]) + (p[1] * p[1]) < 0.6f ? "inside" : "outside")];
        var samples = Samples.Of(points, labels) with { Name = "disc" };

        var options = new TrainingOptions { Hidden = [16], Scale = ScalingKind.None, Batch = 32, Epochs = 40 };
        var trained = await Trainer.TrainAsync(options, samples);

        Console.WriteLine($"{samples}; {trained.Result.TestAccuracy:P1} of those held back are right");
        var near = trained.Network.Predict([0.1f, 0.2f]);
        Console.WriteLine($"(0.1, 0.2) is {trained.Network.ClassNames[near.Class]}");
    }
}
