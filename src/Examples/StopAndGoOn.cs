using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Examples;

/// <summary>Stops a run when it gets no better, and goes on with it after all.</summary>
internal static class StopAndGoOn
{
    public static async Task RunAsync()
    {
        using var enough = new CancellationTokenSource();
        var options = new TrainingOptions { Data = "breast-cancer", Scale = ScalingKind.Standard, Hidden = [32], Epochs = 100_000 };
        var trained = await Trainer.TrainAsync(options, new Patience(5, enough), enough.Token);
        Console.WriteLine($"stopped: {trained.Result.Stopped}, with a test loss of {trained.Result.TestLoss:0.000}");

        var longer = await Trainer.ResumeAsync(trained, then => then with { Epochs = trained.Result.Epochs + 10 });
        Console.WriteLine($"{longer.Result.Epochs - trained.Result.Epochs} epochs more, with a test loss of {longer.Result.TestLoss:0.000}");
    }

    /// <summary>Cancels when the test loss has not been at its lowest for so many epochs.</summary>
    private sealed class Patience(int epochs, CancellationTokenSource enough) : IProgress<EpochReport>
    {
        private double _lowest = double.PositiveInfinity;
        private int _since;

        public void Report(EpochReport epoch)
        {
            _since = epoch.TestLoss < _lowest ? 0 : _since + 1;
            _lowest = Math.Min(_lowest, epoch.TestLoss!.Value);
            if (_since == epochs)
            {
                enough.Cancel();
            }
        }
    }
}
