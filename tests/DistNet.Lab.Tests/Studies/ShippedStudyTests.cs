namespace DistNet.Lab.Tests;

/// <summary>What each study is there to show, at a reduced size and from its figures; seed 1.</summary>
public sealed class ShippedStudyTests
{
    [Fact]
    public async Task Spare_machines_beat_waiting_for_all()
    {
        var report = await SmallStudies.RunAsync(SmallStudies.Stragglers);
        HoldsAll(report, "update", "quadratic", "best");
        var row = report.Tables[1]["2"];
        row["s/update"].ShouldBe(row.Find("s/update").Theory!.Value, 0.15);
        row["updates"].ShouldBe(row.Find("updates").Theory!.Value, 3);
    }

    [Fact]
    public async Task Eight_asynchronous_lanes_diverge_where_four_do_not_and_cures_help()
    {
        var report = await SmallStudies.RunAsync(SmallStudies.LearningRate);
        foreach (var what in new[] { "4 lanes", "8 lanes", "8, ssp:1", "8, bsp", "8, staleness-lr", "8, half the rate" })
        {
            report.Findings.ShouldContain(finding => finding.Name == $"quadratic, {what}" && finding.Holds);
        }

        var many = report.Tables[0]["8, asp"];
        (many.Diverged, many.Find("final loss").Value).ShouldBe((1, null));
        Text(report).ShouldContain("diverged");
    }

    [Fact]
    public async Task Slack_cures_jitter_and_not_a_slow_machine()
    {
        var report = await SmallStudies.RunAsync(SmallStudies.Jitter);
        HoldsAll(report, "jitter", "slow machine", "asp");
        report.Tables[0]["ssp:2"]["gap"].ShouldBe(3);
        report.Tables[0]["ssp:0"]["grad/s"].ShouldBe(2.15, 0.1);
        report.Tables[1]["ssp:2"]["grad/s"].ShouldBe(2, 1e-6);
    }

    [Fact]
    public async Task Asynchrony_begets_momentum_and_leaves_less_for_an_explicit_one()
    {
        var report = await SmallStudies.RunAsync(SmallStudies.Momentum);
        HoldsAll(report, "M = 4", "best momentum");
        report.Tables[0]["4"]["momentum"].ShouldBe(0.75, 0.03);
    }

    [Fact]
    public async Task Local_steps_save_bytes_and_cost_more_where_labels_are_apart()
    {
        var report = await SmallStudies.RunAsync(SmallStudies.Local);
        HoldsAll(report, "communication", "data alike", "labels apart");
        report.Tables[1]["64"]["accuracy %"].ShouldBeLessThan(report.Tables[0]["64"]["accuracy %"]);
    }

    private static void HoldsAll(StudyReport report, params string[] names)
    {
        report.Findings.Select(finding => finding.Name).ShouldBe(names);
        report.Findings.ShouldAllBe(finding => finding.Holds, Text(report));
    }

    private static string Text(StudyReport report)
    {
        using var writer = new StringWriter();
        StudyText.Write(writer, report);
        return writer.ToString();
    }
}
