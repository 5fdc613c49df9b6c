using System.Text.Json.Nodes;
using DistNet.Lab;

namespace DistNet.Cli.Tests;

public sealed class VerifyCommandTests
{
    [Fact]
    public async Task A_table_that_is_green_is_exit_code_0()
    {
        var runner = new CommandRunner();
        (await runner.RunAsync("verify", "--only", "5", "--seed", "9")).ShouldBe(ExitCode.Done);
        (runner.Verified!.Section, runner.Verified.Seed, runner.Verified.Subject).ShouldBe((5, 9ul, Subject.Shipped));
        runner.Out.ShouldContain("1 of 1 rows pass");
        runner.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_that_is_red_is_exit_code_3()
    {
        var runner = new CommandRunner { Measured = 8 };
        (await runner.RunAsync("verify", "--format", "json")).ShouldBe(3);
        var json = JsonNode.Parse(runner.Out)!;
        json["passes"]!.GetValue<bool>().ShouldBeFalse();
        json["rows"]![0]!["value"]!.GetValue<double>().ShouldBe(8);
    }

    [Theory]
    [InlineData("--only: there is no section 10", "--only", "10")]
    [InlineData("--only: 'ssp' is not a whole number of 1 or more", "--only", "ssp")]
    [InlineData("--seed: '-1' is not a whole number of 0 or more", "--seed=-1")]
    public async Task Wrong_usage_is_said_and_verifies_nothing(string why, params string[] args)
    {
        var runner = new CommandRunner();
        (await runner.RunAsync(["verify", .. args])).ShouldBe(ExitCode.WrongUsage);
        runner.Error.ShouldContain($"distnet: {why}");
        runner.Verified.ShouldBeNull();
    }
}
