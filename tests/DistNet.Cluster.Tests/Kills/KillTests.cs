using System.Diagnostics;
using System.Globalization;
using DistNet.Hosting;
using Xunit.Abstractions;

namespace DistNet.Cluster.Tests;

/// <summary>
/// Processes die, fall silent, lose their disks and come back as ghosts; the run ends at the bits of one that nothing disturbed. Always two
/// at once, one that is silent and an asynchronous run (single ones die in <see cref="FaultTests"/>); others with DISTNET_KILL_SEEDS=1..100, and a line for each with <c>--logger "console;verbosity=detailed"</c>.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const string Variable = "DISTNET_KILL_SEEDS";
    private const string Usual = "3..5";

    public static TheoryData<int> Seeds { get; } = [.. Read(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : Usual)];

    [SkippableTheory]
    [MemberData(nameof(Seeds))]
    public async Task A_run_outlives_its_processes(int seed)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "signals are sent as Linux numbers them");
        var plan = KillPlan.Draw(seed);
        var watch = Stopwatch.StartNew();
        using var folder = new TemporaryFolder();
        var run = new KillRun(plan, folder.Path);
        try
        {
            ShouldBeWhole(await run.RunAsync(), plan.Options, await Undisturbed.ResultAsync(plan.Options));
            await ShouldRepeatAsync(plan, folder.Path);
            await Eventually.TrueAsync(() => ProcessTable.With(folder.Path).Count == 0, TimeSpan.FromSeconds(30), "the processes to end");
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"seed {seed}: {plan}\n{e.Message}\n{run.Tails()}", e);
        }

        output.WriteLine(FormattableString.Invariant($"seed {seed}: {watch.Elapsed.TotalSeconds:F1} s; {plan} [{run.Story}]"));
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
