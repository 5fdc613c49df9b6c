using DistNet.Actors;
using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

public sealed class StabilityLineTests
{
    [Fact]
    public void Names_what_is_wrong_and_what_would_be_stable() => Of("asp", rate: 0.25f, staleness: 7, curvature: 3.2).ShouldBe(
        "the learning rate 0.25 passes the limit of stability at staleness 7.0 and curvature 3.2 (0.0653): "
        + "use --lr 0.065 or less, fewer lanes, --correction staleness-lr or --mode ssp:1");

    [Theory]
    [InlineData("asp", 0.5f, 7, 3.2, "--lr 0.065 or less, fewer lanes or --mode bsp")]
    [InlineData("asp", 2f, 7, 3.2, "--lr 0.065 or less")]
    [InlineData("ssp:4", 0.25f, 3.2, 3.2, "--lr 0.13 or less, fewer lanes or --mode ssp:1")]
    [InlineData("ssp:1", 0.5f, 0.99, 3.2, "--lr 0.31 or less, fewer lanes or --mode bsp")]
    [InlineData("asp", 300f, 7, 0.0021, "--lr 99 or less, fewer lanes, --correction staleness-lr or --mode ssp:1")]
    public void Names_no_cure_that_would_not_be_one(string mode, float rate, double staleness, double curvature, string cures) =>
        Of(mode, rate, staleness, curvature).ShouldEndWith($": use {cures}");

    [Fact]
    public void Names_the_rate_that_is_asked_for_not_that_of_the_schedule() =>
        Of("asp", rate: 0.25f, staleness: 7, curvature: 3.2, asked: 2.5f).ShouldContain("the learning rate 0.25 passes");

    [Fact]
    public void Where_the_schedule_has_divided_the_rate_the_stable_one_is_multiplied_as_much() =>
        Of("asp", rate: 0.25f, staleness: 7, curvature: 3.2, asked: 2.5f).ShouldContain("(0.0653): use --lr 0.65 or less");

    private static string Of(string mode, float rate, double staleness, double curvature, float? asked = null)
    {
        const int Lanes = 8;
        var network = new NetworkSpec(3, [new DenseSpec(2, Activation.Identity)], new LossSpec(LossKind.SoftmaxCrossEntropy));
        var plan = new RunPlan(network, new BatchSchedule(16, 8, Lanes, seed: 1, shuffle: true), Lanes, servers: 1)
        {
            Rules = RuleSchedule.Parse(mode, Lanes),
            LearningRate = new LearningRateSpec(asked ?? rate),
        };
        var verdict = new RateVerdict(rate, staleness, curvature, DelayStability.GreatestRate(curvature, staleness));
        return StabilityLine.Of(new RateJudged(0, 0, verdict, Warns: true), plan);
    }
}
