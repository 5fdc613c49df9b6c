using System.Text.Json;
using DistNet.Learning;

namespace DistNet.Hosting.Tests;

public sealed class DataSummaryTests
{
    [Theory]
    [InlineData("digits", 0.2)]
    [InlineData("breast-cancer", 0.3)]
    [InlineData("moons", 0)]
    public void A_summary_that_travelled_says_what_the_samples_would(string name, double testFraction)
    {
        var options = new TrainingOptions { Data = name, TestFraction = testFraction, Scale = ScalingKind.Standard, Loss = LossKind.SigmoidCrossEntropy };
        var data = DataLoader.Load(options);

        var summary = DataSummary.Parse(DataSummary.Of(data).ToJson(), "a client");

        JsonSerializer.Serialize(summary.Info).ShouldBe(JsonSerializer.Serialize(data.Train.Info));
        summary.TrainSamples.ShouldBe(data.Train.Count);
        summary.TestSamples.ShouldBe(data.Test?.Count ?? 0);
        summary.Sha256.ShouldBe(DataFingerprint.Of(data));
        summary.Model.ToJson().ShouldBe(ModelDescription.Of(data).ToJson());
        RunPlanner.Plan(options, summary).Network.ShouldBe(NetworkBuilder.Build(options, data.Train.Info));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"model\"")]
    public void What_is_no_summary_is_refused_in_one_line(string json) => Refused(json);

    [Theory]
    [InlineData("\"trainSamples\":1438", "\"trainSamples\":0")]
    [InlineData("\"testSamples\":359", "\"testSamples\":-1")]
    [InlineData("\"features\":64", "\"features\":63")]
    [InlineData("\"data\":\"digits\"", "\"data\":null")]
    [InlineData("\"dataSha256\":", "\"other\":")]
    [InlineData("\"model\":", "\"other\":")]
    public void What_contradicts_itself_or_lacks_a_part_is_refused(string right, string wrong)
    {
        var json = DataSummary.Of(DataLoader.Load(new TrainingOptions { Data = "digits" })).ToJson();
        json.ShouldContain(right);

        Refused(json.Replace(right, wrong, StringComparison.Ordinal));
    }

    private static void Refused(string json)
    {
        var message = Should.Throw<DataFormatException>(() => DataSummary.Parse(json, "a client")).Message;
        message.ShouldStartWith("a client: does not describe a data set");
        message.ShouldNotContain("\n");
    }
}
