using System.Text.Json.Nodes;
using DistNet.Hosting;

namespace DistNet.Lab.Tests;

public sealed class ComparisonTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly PlayedExperiment _experiment = new();
    private readonly List<string> _lines = [];

    private ComparisonOptions Options => new()
    {
        Rules = ["bsp", "asp"],
        Seeds = 3,
        Training = new TrainingOptions { TargetAccuracy = 0.6 },
        TargetLoss = 0.4,
        Folder = _temporary.File("comparison"),
    };

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Rules_take_turns_seed_by_seed_each_in_a_folder_of_its_own()
    {
        await RunAsync(Options);
        _experiment.Runs.Select(run => (run.Mode, run.Seed)).ShouldBe([("bsp", 1ul), ("asp", 1ul), ("bsp", 2ul), ("asp", 2ul), ("bsp", 3ul), ("asp", 3ul)]);
        _experiment.Runs.Select(run => Path.GetFileName(run.Out)).Distinct().Count().ShouldBe(6);
        Path.GetFileName(_experiment.Runs[3].Out).ShouldBe("asp-seed2");
        _lines.Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_run_that_diverges_is_a_result()
    {
        var comparison = await RunAsync(Options);
        var diverged = comparison.Runs[3];
        (diverged.Outcome, diverged.Version, diverged.WeightsSha256).ShouldBe((RunOutcome.Diverged, 7, null));
        comparison.Runs[5].Outcome.ShouldBe(RunOutcome.Failed);
        comparison.Runs[5].Failure.ShouldBe("the node is gone");
        var asp = comparison.Rules[1];
        (asp.Runs, asp.Completed, asp.Diverged).ShouldBe((3, 1, 1));
        _lines[3].ShouldStartWith("4/6 asp, seed 2: diverged at version 7: The output of layer 1 is not finite");
        Table(comparison).ShouldContain("asp, seed 2: diverged at version 7");
    }

    [Fact]
    public async Task Figures_are_medians_over_seeds_with_theory_beside_them()
    {
        var comparison = await RunAsync(Options);
        var bsp = comparison.Rules[0];
        bsp.TrainLoss!.Median.ShouldBe(1.0 / 3);
        bsp.SecondsPerUpdate!.Median.ShouldBe(0.025);
        bsp.DroppedShare!.Median.ShouldBe(0.25);

        // Accuracy 0.6 and a loss of a third come with epochs 2 and 3, which end after 2 and 3 seconds times the seed.
        bsp.SecondsToAccuracy!.ShouldBe(new SeedSpread(3, 4, 2, 6, 4, 2));
        bsp.SecondsToLoss!.Median.ShouldBe(6);
        (bsp.TheoryStaleness, comparison.Rules[1].TheoryStaleness).ShouldBe((0, 1));
        (bsp.WaitingShare, bsp.PlannedSecondsPerUpdate).ShouldBe((null, null));
        comparison.PlannedFrom.ShouldBeEmpty();
    }

    [Fact]
    public async Task Recorded_service_times_tell_waiting_and_predict_the_time_of_an_update()
    {
        // Two workers, 25 samples in 10 ms, 2000 samples a second of 2 x 2500 possible, with each seed.
        var recording = new PlayedExperiment { RecordsTimes = true };
        var comparison = await new ComparisonRunner(Options with { Seeds = 2 }, recording, _lines.Add).RunAsync(default);
        comparison.PlannedFrom.ShouldBe(["bsp-seed1", "bsp-seed2"]);
        comparison.Rules[0].WaitingShare!.Median.ShouldBe(0.6, 1e-9);
        var planned = comparison.Rules[0].PlannedSecondsPerUpdate!;
        planned.Count.ShouldBe(2);
        planned.Median.ShouldBe(0.025, 1e-3);
        comparison.Rules[1].PlannedSecondsPerUpdate!.Median.ShouldBe(0.0125, 1e-3);
    }

    [Fact]
    public async Task The_file_has_every_run_with_its_command_and_hashes()
    {
        var comparison = await RunAsync(Options);
        var text = await File.ReadAllTextAsync(Path.Combine(Options.Folder, Comparison.FileName));
        text.ShouldBe(comparison.ToJson());
        var json = JsonNode.Parse(text)!;
        json["schema"]!.GetValue<int>().ShouldBe(2);
        json["runs"]!.AsArray().Count.ShouldBe(6);
        json["runs"]![0]!["outcome"]!.GetValue<string>().ShouldBe("completed");
        json["runs"]![0]!["weightsSha256"]!.GetValue<string>().ShouldBe("hash-bsp-1");
        json["runs"]![0]!["curve"]![2]!["samples"]!.GetValue<long>().ShouldBe(3000);
        json["environment"]!["arithmetic"]!.GetValue<string>().Length.ShouldBe(64);
        comparison.Runs.Select(run => run.ConfigSha256).Distinct().Count().ShouldBe(6);
        Comparison.Parse(text).ToJson().ShouldBe(text);
    }

    [Fact]
    public async Task Who_stops_has_what_was_done()
    {
        using var stop = new CancellationTokenSource();
        var experiment = new PlayedExperiment { RecordsTimes = true, Before = run => Cancel(run, stop) };
        var comparison = await new ComparisonRunner(Options, experiment, _lines.Add).RunAsync(stop.Token);
        comparison.Runs.Select(run => run.Outcome).ShouldBe([RunOutcome.Completed, RunOutcome.Completed, RunOutcome.Stopped]);
        comparison.Rules[0].Completed.ShouldBe(1);

        static void Cancel(int run, CancellationTokenSource stop)
        {
            if (run == 2)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public void All_mistakes_are_reported_at_once()
    {
        var options = Options with { Rules = ["bsp", "hogwild", "bsp"], Seeds = 0, TargetLoss = -1, Training = new TrainingOptions { Resume = "x" } };
        options.Problems.Select(problem => problem.Split(' ')[0]).ShouldBe(["bsp:", "--seeds:", "--target-loss:", "--resume:", "--mode:"]);
        (Options with { Rules = [] }).Problems.ShouldHaveSingleItem().ShouldStartWith("RULE: name at least one");
        Options.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_refused()
    {
        Directory.CreateDirectory(Options.Folder);
        await File.WriteAllTextAsync(Path.Combine(Options.Folder, "x"), "");
        (await Should.ThrowAsync<UsageException>(() => RunAsync(Options))).Message.ShouldContain("is not an empty folder");
        _experiment.Runs.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_table_fits_into_eighty_columns_with_the_longest_names_whole()
    {
        var comparison = await RunAsync(Options);
        var lines = Table(comparison with { Rules = [comparison.Rules[0] with { Rule = "kbatchasync:12" }], Runs = [] }).Split('\n');
        lines.ShouldAllBe(line => line.TrimEnd().Length <= 80);
        lines.Count(line => line.Contains(" kbatchasync:12 ")).ShouldBe(2);
        lines.ShouldContain(line => line.Contains("0.3333 ±0.0000") && line.Contains("90.00 ±0.00") && line.Contains("4.00") && line.Contains("6.00"));
    }

    private static string Table(Comparison comparison)
    {
        using var writer = new StringWriter();
        ComparisonTable.Write(writer, comparison);
        return writer.ToString();
    }

    private Task<Comparison> RunAsync(ComparisonOptions options) => new ComparisonRunner(options, _experiment, _lines.Add).RunAsync(default);
}
