using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Lab.Tests;

public sealed class VerifyTests
{
    private const string Switch = "DISTNET_LONG";

    /// <summary>All rows with DISTNET_LONG=1, else those that take well under a second.</summary>
    [Fact]
    public void The_shipped_rules_are_as_theory_says()
    {
        var isLong = Environment.GetEnvironmentVariable(Switch) == "1";
        var report = Verification.Run(Verification.All.Where(check => check.IsQuick || isLong), new VerificationOptions());
        report.Rows.Where(row => !row.Passes).ShouldBeEmpty();
        report.Rows.Select(row => row.Section).Distinct().ShouldBe(isLong ? TheorySections.Titles.Keys.Order() : [1, 2, 3, 4, 5, 7, 8, 9]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_table()
    {
        string Table() => Verification.Run(StalenessChecks.All.Take(1), new VerificationOptions { Seed = 5 }).ToJson();
        Table().ShouldBe(Table());
    }

    [Fact]
    public void Slack_that_is_off_by_one_turns_the_table_red() => Broken(
        StaleSynchronousChecks.All.Where(check => check.IsQuick),
        Rule("ssp:2", new StaleSynchronousRule(3))).ShouldBe(["ssp:2: clocks apart at most", "ssp:2: greatest staleness"]);

    [Fact]
    public void K_that_is_off_by_one_turns_the_table_red() => Broken(
        UpdateTimeChecks.All.Where(check => check.IsQuick),
        Rule("ksync:4", new KSyncRule(5))).ShouldBe(["E[T] ksync:4, D = 1"]);

    [Fact]
    public void Staleness_counted_at_the_wrong_moment_turns_the_table_red() => Broken(
        StalenessChecks.All.Take(1),
        new Subject { Wrap = (id, actor) => id == ActorId.Sequencer ? new WrongMoment(actor) : actor })
        .ShouldBe(["asp, D = 0: updates after which staleness + ages in flight is not (P - 1) updates", "asp, D = 0: staleness told - counted"]);

    [Fact]
    public void A_section_that_there_is_not_is_named() =>
        new VerificationOptions { Section = 10 }.Problems.ShouldBe(["--only: there is no section 10; sections are 1, 2, 3, 4, 5, 6, 7, 8, 9"]);

    /// <summary>Names of the rows that fail.</summary>
    private static string[] Broken(IEnumerable<Check> checks, Subject subject)
    {
        var report = Verification.Run(checks, new VerificationOptions { Subject = subject });
        report.Passes.ShouldBeFalse();
        return [.. report.Rows.Where(row => !row.Passes).Select(row => row.Name)];
    }

    private static Subject Rule(string name, UpdateRule broken) =>
        new() { Rules = (text, lanes) => text == name ? new RuleSchedule(broken) : RuleSchedule.Parse(text, lanes) };
}
