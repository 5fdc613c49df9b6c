using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Export.Tests;

[Collection(ExportedRunsCollection.Name)]
public sealed class OnnxTests(ExportedRuns runs)
{
    [SkippableTheory]
    [MemberData(nameof(ExportedRunsCollection.Cases), MemberType = typeof(ExportedRunsCollection))]
    public void The_checker_finds_nothing_and_the_batch_is_anybodys_choice(string name)
    {
        Tool.RequireOnnxChecker();

        var found = runs.Checked(name);

        var run = runs.Run(name);
        found.IrVersion.ShouldBe(7);
        found.Opset.ShouldHaveSingleItem().Select(part => part.ToString()).ShouldBe(["", "13"]);
        var model = run.Folder.ReadModel();
        found.Inputs["input"].Select(part => part.ToString()).ShouldBe(["batch", $"{model.Features}"]);
        var values = run.Case.Options.Loss == LossKind.SquaredError ? "values" : "probabilities";
        found.Outputs[values].Select(part => part.ToString()).ShouldBe(["batch", $"{model.ClassNames.Count}"]);
        found.Outputs["label"].Select(part => part.ToString()).ShouldBe(["batch"]);
        found.Metadata["weightsSha256"].ShouldBe(run.WeightsSha256);
    }

    [SkippableTheory]
    [MemberData(nameof(ExportedRunsCollection.Cases), MemberType = typeof(ExportedRunsCollection))]
    public void Onnx_runtime_predicts_what_predict_prints(string name)
    {
        Tool.RequireOnnxRuntime();

        var predicted = runs.InOnnxRuntime(name);

        var expected = runs.Run(name).Predictions;
        Agreement.ShouldHold(expected, predicted);
        predicted.Labels.ShouldBe(expected.Rows.Select(row => row.Class));
        Agreement.ShouldHold(expected with { Rows = [expected.Rows[^1]] }, predicted with { Predictions = predicted.Last!, Shape = [1, predicted.Shape[1]] });
    }

    [SkippableFact]
    public void A_file_says_what_it_is_of()
    {
        Tool.RequireOnnxChecker();

        var found = runs.Checked("pictures");

        found.Producer.ShouldMatch(@"^DistNet \d+\.\d+\.\d+$");
        found.Metadata["classes"].ShouldBe("""["0","1","2","3","4","5","6","7","8","9"]""");
        found.Metadata["sampleShape"].ShouldBe("[8,8]");
        found.Metadata["updates"].ShouldBe("30");
        found.Metadata["network"].ShouldBe("64-32-10, relu, softmax");
    }
}
