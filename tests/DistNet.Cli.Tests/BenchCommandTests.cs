namespace DistNet.Cli.Tests;

public sealed class BenchCommandTests
{
    [Fact]
    public async Task What_is_not_given_has_defaults()
    {
        var runner = new CommandRunner();

        (await runner.RunAsync("bench", "core")).ShouldBe(0, runner.Error);
        (await runner.RunAsync("bench", "step")).ShouldBe(0, runner.Error);

        runner.Core!.Measure.Rounds.ShouldBe(7);
        runner.Core.Threads.ShouldBe(Environment.ProcessorCount);
        runner.Core.AgainstOpenBlas.ShouldBeFalse();
        runner.Core.Load.ShouldBe(0);
        runner.Step!.Measure.ShouldBe(runner.Core.Measure);
        runner.Step.Threads.ShouldBe(Environment.ProcessorCount);
        runner.ErrorLines.ShouldBe(["measuring", "measuring"]);
    }

    [Fact]
    public async Task What_is_given_reaches_the_measurement()
    {
        var runner = new CommandRunner { Environment = [new("DISTNET_OPENBLAS", "/opt/blas.so")] };

        (await runner.RunAsync("bench core --against openblas --rounds 5 --threads 3 --budget 0.25 --load 2".Split(' '))).ShouldBe(0, runner.Error);

        runner.Core!.Measure.Rounds.ShouldBe(5);
        runner.Core.Measure.Budget.ShouldBe(0.25);
        runner.Core.Threads.ShouldBe(3);
        runner.Core.AgainstOpenBlas.ShouldBeTrue();
        runner.Core.OpenBlasPath.ShouldBe("/opt/blas.so");
        runner.Core.Load.ShouldBe(2);
    }

    [Theory]
    [InlineData("bench core --rounds 0", "--rounds: '0' is not a whole number of 1 or more")]
    [InlineData("bench core --rounds 2.5", "--rounds: '2.5' is not a whole number of 1 or more")]
    [InlineData("bench step --threads many", "--threads: 'many' is not a whole number of 1 or more")]
    [InlineData("bench core --load -1", "--load: '-1' is not a whole number of 0 or more")]
    [InlineData("bench step --budget 0", "--budget: '0' is not a number above 0")]
    [InlineData("bench core --budget nan", "--budget: 'nan' is not a number above 0")]
    [InlineData("bench core --against mkl", "--against: 'mkl' is not one of openblas")]
    [InlineData("bench step --format jsn", "--format: 'jsn' is not one of text, json; did you mean json?")]
    [InlineData("bench step --budgt 1", "--budgt: distnet bench step has no such option; did you mean --budget?")]
    [InlineData("bench cor", "cor: distnet bench has no such command; did you mean core?")]
    public async Task Wrong_usage_is_one_clear_line_and_exits_2(string line, string expected)
    {
        var runner = new CommandRunner();

        (await runner.RunAsync(line.Split(' '))).ShouldBe(2);

        runner.ErrorLines.ShouldBe([$"distnet: {expected}"]);
        runner.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_core_report_is_a_table_with_both_sides()
    {
        var runner = new CommandRunner();

        (await runner.RunAsync("bench", "core", "--against", "openblas", "--load", "1")).ShouldBe(0, runner.Error);

        runner.Out.ShouldContain("a processor, 2 processors");
        runner.Out.ShouldContain("against another library");
        runner.Out.ShouldMatch(@"forward +128 x 512 x 784 +80\.0 +80 % +40\.0 +2\.00 \(1\.00\.\.4\.00\)");
        runner.Out.ShouldContain("worst 2.00 (1.00..4.00) at 128 x 512 x 784");
        runner.Out.ShouldMatch(@"DistNet +128 x 512 x 784 +2 +1\.75 \(0\.88\.\.3\.50\) +1\.50");
    }

    [Fact]
    public async Task A_step_report_is_a_table_with_lanes_and_ratios()
    {
        var runner = new CommandRunner();

        (await runner.RunAsync("bench", "step")).ShouldBe(0, runner.Error);

        runner.Out.ShouldMatch(@"1 worker, 8 lanes +8 +4000\.0 +32000 +75 %");
        runner.Out.ShouldMatch(@"8 lanes / 1 lane +1\.13 \(0\.56\.\.2\.25\)");
        runner.Out.ShouldContain("allocated: 0.5 bytes a step (784-512-256-10, 2 workers, 1 server, 8 lanes, 1000 steps)");
    }
}
