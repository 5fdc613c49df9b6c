namespace DistNet.Lab.Tests;

public sealed class RuleModelTests
{
    private static readonly ShiftedExponential Law = new(1, 1);

    [Theory]
    [InlineData("backup:0", "bsp")]
    [InlineData("ksync:8", "bsp")]
    [InlineData("ksync:6", "backup:2")]
    [InlineData("ssp:0", "bsp")]
    [InlineData("local:1", "bsp")]
    [InlineData("sync", "bsp")]
    [InlineData("kbatchasync:1", "asp")]
    [InlineData("async", "asp")]
    public void Other_names_of_a_rule_are_predicted_alike(string rule, string other)
    {
        var (a, b) = (Find(rule), Find(other));
        a.Name.ShouldBe(rule);
        a.ClosedForm(Law).ShouldBe(b.ClosedForm(Law));
        a.MeanStaleness.ShouldBe(b.MeanStaleness);
        a.GradientsPerUpdate.ShouldBe(b.GradientsPerUpdate);
        Time(a).ShouldBe(Time(b), 1e-9);
    }

    [Theory]
    [InlineData("ksync:9")]
    [InlineData("ksync:0")]
    [InlineData("ksync:-1")]
    [InlineData("ksync")]
    [InlineData("ksync:")]
    [InlineData("backup:8")]
    [InlineData("bsp:1")]
    [InlineData("easgd:0")]
    [InlineData("easgd:x")]
    [InlineData("local:0")]
    [InlineData("hogwild")]
    [InlineData("")]
    public void What_is_no_rule_is_refused_with_the_rules_there_are(string rule)
    {
        RuleModel.Find(rule, 8, out var problem).ShouldBeNull();
        problem.ShouldStartWith($"{rule}: no update rule with 8 workers; rules are bsp, ");
    }

    /// <summary>Where theory has a figure, the reference agrees with it.</summary>
    [Theory]
    [InlineData("bsp")]
    [InlineData("backup:2")]
    [InlineData("ksync:3")]
    [InlineData("asp")]
    [InlineData("kbatchasync:4")]
    [InlineData("kbatchsync:1")]
    public void The_closed_form_is_that_of_the_reference(string rule)
    {
        var model = Find(rule);
        var trace = model.Reference.Run(new ServiceTimes(Law, 8, 7), 20_000, 1000);
        trace.TimePerUpdate.ShouldBe(model.ClosedForm(Law)!.Value, 0.015 * model.ClosedForm(Law)!.Value);
        trace.MeanStaleness.ShouldBe(model.MeanStaleness!.Value, 0.02);
        (trace.Applied / trace.Intervals.Count).ShouldBe(model.GradientsPerUpdate);
    }

    private static RuleModel Find(string rule) => RuleModel.Find(rule, 8, out _)!;

    private static double Time(RuleModel model) => model.Reference.Run(new ServiceTimes(Law, 8, 7), 500).TimePerUpdate;
}
