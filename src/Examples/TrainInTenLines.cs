using DistNet.Hosting;

namespace DistNet.Examples;

/// <summary>Trains on handwritten digits, which come with the library, and saves what came of it.</summary>
internal static class TrainInTenLines
{
    public static async Task RunAsync()
    {
        var options = new TrainingOptions { Data = "digits", Hidden = [64], Epochs = 10, Workers = 2 };
        var trained = await Trainer.TrainAsync(options);
        Console.WriteLine($"{trained.Network}: {trained.Result.TestAccuracy:P1} of the test digits are right");
        trained.Save("digits");
    }
}
