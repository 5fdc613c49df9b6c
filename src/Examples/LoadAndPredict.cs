using DistNet.Hosting;

namespace DistNet.Examples;

/// <summary>Uses the network that <see cref="TrainInTenLines"/> saved.</summary>
internal static class LoadAndPredict
{
    public static Task RunAsync()
    {
        var network = Network.Load("digits");
        var pictures = TrainingData.Read(new TrainingOptions { Data = "digits" }).Test!;

        var one = network.Predict(pictures.Row(0));
        Console.WriteLine($"the first is a {network.ClassNames[one.Class]}, {one.Probabilities[one.Class]:P1} sure");

        var all = network.Predict(pictures);
        var right = all.Index().Count(prediction => prediction.Item.Class == pictures.ClassOf(prediction.Index));
        Console.WriteLine($"{right} of {pictures.Count} are right");
        return Task.CompletedTask;
    }
}
