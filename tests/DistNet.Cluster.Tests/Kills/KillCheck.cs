using System.Diagnostics;
using System.Globalization;
using DistNet.Hosting;

namespace DistNet.Cluster.Tests;

/// <summary>Carries a plan of blows out and holds the run to what one comes to that nothing disturbed, on any control plane.</summary>
internal static class KillCheck
{
    private const string Variable = "DISTNET_KILL_SEEDS";

    /// <summary>A second each, until a silent worker is missed; more means that somebody is waited for who is not missed.</summary>
    private const int MostLateSteps = 40;

    /// <summary>Those that the environment asks for, such as 1..100.</summary>
    /// <param name="usual">Where it asks for none.</param>
    public static TheoryData<int> Seeds(string usual) => [.. Read(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : usual)];

    /// <summary>What happened, in a line.</summary>
    public static async Task<string> RunAsync(KillPlan plan)
    {
        var watch = Stopwatch.StartNew();
        using var folder = new TemporaryFolder();
        var run = new KillRun(plan, folder.Path);
        try
        {
            ShouldBeWhole(await run.RunAsync(), plan.Options, await Undisturbed.ResultAsync(plan.Options));
            run.LateSteps.ShouldBeLessThan(MostLateSteps);
            await ShouldRepeatAsync(plan, folder.Path);
            await Eventually.TrueAsync(() => ProcessTable.With(folder.Path).Count == 0, TimeSpan.FromSeconds(30), "the processes to end");
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"seed {plan.Seed}: {plan}\n{e.Message}\n{run.Tails()}", e);
        }

        return FormattableString.Invariant($"seed {plan.Seed}: {watch.Elapsed.TotalSeconds:F1} s; {plan} [{run.Story}]");
    }

    private static void ShouldBeWhole(TrainingResult result, TrainingOptions options, TrainingResult undisturbed)
    {
        var ledger = result.Ledger;
        ledger.Pending.ShouldBe(0);
        (ledger.Applied + ledger.Dropped).ShouldBe(ledger.Planned);
        ledger.Planned.ShouldBe(undisturbed.Ledger.Planned);
        if (options.Mode == "bsp")
        {
            result.WeightsSha256.ShouldBe(undisturbed.WeightsSha256);
            result.LossHistory.ShouldBe(undisturbed.LossHistory);
            ledger.Applied.ShouldBe(ledger.Planned);
        }
    }

    /// <summary>What the sequencer decided, killed or not, is in the run folder, and gives the same bits again.</summary>
    private static async Task ShouldRepeatAsync(KillPlan plan, string directory)
    {
        if (plan.Options.Mode != "bsp" && !plan.LosesLog)
        {
            var run = Directory.EnumerateFiles(directory, UpdateLogFile.Name, SearchOption.AllDirectories).Single();
            (await ReplaySession.RunAsync(Path.GetDirectoryName(run)!, threads: 2, default).WaitAsync(TimeSpan.FromMinutes(2))).IsSame.ShouldBeTrue();
        }
    }

    private static IEnumerable<int> Read(string range)
    {
        var ends = range.Split("..");
        var first = int.Parse(ends[0], CultureInfo.InvariantCulture);
        return Enumerable.Range(first, int.Parse(ends[^1], CultureInfo.InvariantCulture) - first + 1);
    }
}
