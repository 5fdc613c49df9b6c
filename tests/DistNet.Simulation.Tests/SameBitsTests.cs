namespace DistNet.Simulation.Tests;

/// <summary>Rules that are bsp at the end of their range end at its bits, although the sequencer decides every update.</summary>
public sealed class SameBitsTests
{
    [Theory]
    [InlineData("ssp:0")]
    [InlineData("backup:0")]
    [InlineData("ksync:V")]
    [InlineData("local:1")]
    public void At_the_end_of_its_range_a_rule_is_bsp(string rule)
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var calm = Schedule.Calm("bsp", seed).WithoutTarget();
            var same = calm.WithRule(rule.Replace("V", $"{calm.Scenario.Lanes}", StringComparison.Ordinal));
            var (expected, run) = (RunRecord.Of(calm), RunRecord.Of(same));
            run.Problem.ShouldBeNull($"{same}");
            run.Result.WeightsSha256.ShouldBe(expected.Result.WeightsSha256, $"{same}");
            run.Result.Summary!.History.Epochs.ShouldBe(expected.Result.Summary!.History.Epochs, $"{same}");
        }
    }

    [Fact]
    public void A_switch_from_bsp_to_bsp_changes_no_bit()
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            var calm = Schedule.Calm("bsp", seed).WithoutTarget();
            var switched = RunRecord.Of(calm.WithRule("bsp@3,local:1@7,bsp"));
            switched.Problem.ShouldBeNull($"{calm}");
            switched.Result.WeightsSha256.ShouldBe(RunRecord.Of(calm).Result.WeightsSha256, $"{calm}");
            switched.Result.Generations.ShouldBe(3);
        }
    }
}
