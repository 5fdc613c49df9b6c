using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Library.Tests;

public sealed class NetworkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_saved_network_predicts_as_the_one_that_was_trained_and_as_the_command()
    {
        var trained = await Trainer.TrainAsync(Iris.Options);
        trained.Save(_folder.File("saved"));
        await File.WriteAllLinesAsync(_folder.File("rows.csv"), Enumerable.Range(0, Iris.Samples.Count).Select(row => string.Join(',', Iris.Samples.Row(row).ToArray())));

        var loaded = Network.Load(_folder.File("saved"));
        var command = Inference.Predict(RunFolder.Open(_folder.File("saved")), _folder.File("rows.csv"), _ => { });

        loaded.WeightsSha256.ShouldBe(trained.Result.WeightsSha256);
        loaded.ToString().ShouldBe("4-12-8-3, relu, softmax");
        (loaded.Features, loaded.Parameters, loaded.Updates).ShouldBe((4, 60 + 104 + 27, trained.Result.Steps));
        for (var row = 0; row < Iris.Samples.Count; row++)
        {
            var prediction = loaded.Predict(Iris.Samples.Row(row));
            ShouldBeSame(prediction, trained.Network.Predict(Iris.Samples.Row(row)));
            ShouldBeSame(prediction, command.Rows[row]);
        }
    }

    [Fact]
    public async Task Evaluation_gives_the_bits_of_the_runs_own()
    {
        var trained = await Trainer.TrainAsync(Iris.Options);

        var score = trained.Network.Evaluate(TrainingData.Read(Iris.Options).Test!);

        (score.Loss, score.Accuracy).ShouldBe((trained.Result.TestLoss!.Value, trained.Result.TestAccuracy!.Value));
    }

    [Theory]
    [InlineData(Activation.Gelu)]
    [InlineData(Activation.Tanh)]
    public async Task Any_number_of_threads_get_the_bits_of_one(Activation activation)
    {
        var options = new TrainingOptions { Data = "digits", Hidden = [70, 33], Activation = activation, Steps = 5, Epochs = null };
        var network = (await Trainer.TrainAsync(options)).Network;
        var samples = TrainingData.Read(options).Test!;
        var expected = network.Predict(samples);
        using var begin = new Barrier(8);

        var threads = Enumerable.Range(0, begin.ParticipantCount).Select(thread => Task.Factory.StartNew(
            () =>
            {
                begin.SignalAndWait();
                for (var i = 0; i < samples.Count; i++)
                {
                    var row = (i + (thread * 41)) % samples.Count;
                    ShouldBeSame(network.Predict(samples.Row(row)), expected[row]);
                }

                network.Predict(samples).Zip(expected).ToList().ForEach(pair => ShouldBeSame(pair.First, pair.Second));
            },
            TaskCreationOptions.LongRunning));

        await Task.WhenAll(threads);
    }

    [Fact]
    public async Task Two_classes_with_one_output_have_two_probabilities()
    {
        var options = new TrainingOptions { Data = "breast-cancer", Loss = LossKind.SigmoidCrossEntropy, Scale = ScalingKind.Standard, Epochs = 3 };
        var trained = await Trainer.TrainAsync(options);
        var samples = TrainingData.Read(options).Test!;

        var prediction = trained.Network.Predict(samples.Row(0));

        trained.Network.ClassNames.ShouldBe(["malignant", "benign"]);
        prediction.Probabilities.Count.ShouldBe(2);
        prediction.Probabilities.Sum().ShouldBe(1f, 1e-6f);
        prediction.Class.ShouldBe(prediction.Probabilities[1] > 0.5f ? 1 : 0);
    }

    [Fact]
    public async Task A_sample_of_another_length_is_refused_with_the_right_one()
    {
        var network = (await Trainer.TrainAsync(Iris.Options)).Network;

        Should.Throw<ArgumentException>(() => network.Predict([1, 2, 3])).Message.ShouldStartWith("The network takes 4 features a sample, not 3.");
        Should.Throw<UsageException>(() => network.Predict(Samples.Of([1, 2, 3], [0]))).Message.ShouldContain("the network in iris takes 4");
    }

    [Fact]
    public void A_folder_that_is_no_run_is_refused() =>
        Should.Throw<RunFolderException>(() => Network.Load(_folder.Path)).Message.ShouldContain("is not a run folder");

    [Fact]
    public async Task Nothing_is_saved_over_what_is_there()
    {
        var trained = await Trainer.TrainAsync(Iris.Options);
        trained.Save(_folder.File("saved"));

        Should.Throw<UsageException>(() => trained.Save(_folder.File("saved"))).Message.ShouldContain("is not an empty folder");
    }

    private static void ShouldBeSame(Prediction prediction, Prediction expected)
    {
        prediction.Class.ShouldBe(expected.Class);
        prediction.Probabilities.ShouldBe(expected.Probabilities);
    }
}
