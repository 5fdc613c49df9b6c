using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Export.Tests;

[Collection(ExportedRunsCollection.Name)]
public sealed class SequentialTests(ExportedRuns runs)
{
    [SkippableTheory]
    [MemberData(nameof(ExportedRunsCollection.Cases), MemberType = typeof(ExportedRunsCollection))]
    public void Pytorch_loads_the_file_strictly_and_predicts_what_predict_prints(string name)
    {
        Tool.RequireTorch();

        var predicted = runs.InTorch(name);

        Agreement.ShouldHold(runs.Run(name).Predictions, predicted);
        predicted.Metadata!["weightsSha256"].ShouldBe(runs.Run(name).WeightsSha256);
    }

    [SkippableFact]
    public void Weights_that_pytorch_saved_predict_the_same_here()
    {
        Tool.RequireTorch();
        using var folder = new TemporaryFolder();
        var (samples, saved) = (runs.Run("unscaled Relu").SamplesPath, folder.In("saved.safetensors"));
        var predicted = Answer.Of<Predicted>("save_sequential.py", folder.In("results.json"), samples, saved).ShouldHaveSingleItem();

        // A step that changes no bit.
        var options = runs.Run("unscaled Relu").Case.Options with { Hidden = [7], Activation = Activation.Gelu, InitFrom = saved, LearningRate = 1e-30f, Steps = 1 };
        var run = TrainingSession.RunAsync(options with { Out = folder.In("run") }, Unwatched.Instance, default).GetAwaiter().GetResult();

        Agreement.ShouldHold(Inference.Predict(RunFolder.Open(run.Run), samples, _ => { }), predicted);
        RunFolder.Open(run.Run).ReadConfig().InitSha256.ShouldBe(run.WeightsSha256);
    }

    [Fact]
    public void What_was_exported_is_where_another_run_starts()
    {
        using var folder = new TemporaryFolder();
        var exported = runs.Run("dropout");
        var options = exported.Case.Options with { InitFrom = exported.SafeTensorsPath, Steps = 1, Out = folder.In("run") };

        var run = TrainingSession.RunAsync(options, Unwatched.Instance, default).GetAwaiter().GetResult();

        RunFolder.Open(run.Run).ReadConfig().InitSha256.ShouldBe(exported.WeightsSha256, "every bit is where it was");
    }

    [Fact]
    public void Names_count_activations_and_dropout()
    {
        var plain = new NetworkSpec(3, [new DenseSpec(4, Activation.Relu), new DenseSpec(2, Activation.Identity)], new LossSpec(LossKind.SoftmaxCrossEntropy));
        var rich = plain with { Layers = [new DenseSpec(4, Activation.Gelu, Dropout: 0.5f), new DenseSpec(5, Activation.Identity), new DenseSpec(1, Activation.Tanh)] };

        SequentialModules.LinearPlaces(plain).ShouldBe([0, 2]);
        SequentialModules.LinearPlaces(rich).ShouldBe([0, 3, 4]);
        SequentialModules.Of(rich).Select(module => (string)module["type"]!).ShouldBe(["Linear", "GELU", "Dropout", "Linear", "Linear", "Tanh"]);
    }

    [Fact]
    public void A_weight_is_transposed()
    {
        using var network = TrainedNetwork.Open(runs.Run("pictures").Folder, _ => { });

        var weight = SequentialWeights.Of(network)[0];

        (weight.Name, weight.Shape[0], weight.Shape[1]).ShouldBe(("0.weight", 32, 64));
        weight.Singles[(5 * 64) + 20].ShouldBe(network.Parameters[(20 * 32) + 5], "unit 5, input 20");
    }
}
