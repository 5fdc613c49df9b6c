using System.Diagnostics;
using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Lab;

/// <summary>Carries out a study: its runs side by side, then its tables and its conclusion. The same options give the same figures.</summary>
/// <param name="options">What is studied.</param>
/// <param name="tell">Takes a line for each run; calls come one at a time.</param>
public sealed class StudyRunner(StudyOptions options, Action<string> tell)
{
    private readonly Lock _telling = new();
    private int _told;

    /// <summary>Writes study.json too.</summary>
    /// <exception cref="UsageException">The folder cannot be used.</exception>
    /// <exception cref="TrainingFailedException">A run failed for another reason than that its numbers diverged.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop; there is no report.</exception>
    public async Task<StudyReport> RunAsync(CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        NewFolder.Make(options.Folder, "--output");
        var parts = options.Study.Parts;
        var runs = await RunAsync([.. parts.SelectMany(part => part.Cases)], stop).ConfigureAwait(false);
        StudyTable[] tables = [.. parts.Select(part => TableOf(part, runs))];
        var report = new StudyReport
        {
            Study = options.Study.Name,
            Question = options.Study.Question,
            Seed = options.Seed,
            Environment = RunEnvironment.Current(),
            RealSeconds = watch.Elapsed.TotalSeconds,
            Tables = tables,
            Findings = [.. options.Study.Conclude(tables)],
        };
        AtomicFile.Write(Path.Combine(options.Folder, StudyReport.FileName), report.ToJson());
        return report;
    }

    private async Task<Dictionary<StudyCase, StudiedRun[]>> RunAsync(IReadOnlyList<StudyCase> cases, CancellationToken stop)
    {
        var runs = cases.ToDictionary<StudyCase, StudyCase, StudiedRun[]>(some => some, some => new StudiedRun[some.Seeds], ReferenceEqualityComparer.Instance);
        var planned = (from number in Enumerable.Range(0, cases.Count) from seed in Enumerable.Range(0, cases[number].Seeds) select (number, seed)).ToArray();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = stop };
        await Parallel.ForEachAsync(planned, parallel, async (one, _) =>
        {
            var run = await RunAsync(cases[one.number], one.number, one.seed, stop).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            Tell(run.Run, planned.Length);
            runs[cases[one.number]][one.seed] = run;
        }).ConfigureAwait(false);
        return runs;
    }

    private async Task<StudiedRun> RunAsync(StudyCase some, int number, int seed, CancellationToken stop)
    {
        var name = string.Join(", ", some.Labels);
        var training = some.Training with
        {
            Seed = options.Seed + (ulong)seed,
            Out = Path.Combine(options.Folder, Invariant($"run{number + 1}-seed{options.Seed + (ulong)seed}")),
        };
        var probes = some.Watch();
        var experiment = new SimulationExperiment(some.Cluster, training.Workers, training.Servers) { Probes = probes };
        var run = await new JudgedExperiment(experiment, some.TargetLoss).RunAsync(name, training, stop).ConfigureAwait(false);
        return run.Outcome == RunOutcome.Failed ? throw new TrainingFailedException($"{run.Command}: {run.Failure}") : new StudiedRun(run, probes);
    }

    private void Tell(ComparedRun run, int planned)
    {
        lock (_telling)
        {
            tell(Invariant($"{++_told}/{planned} {RunLine.Of(run)}"));
        }
    }

    private static StudyTable TableOf(StudyPart part, Dictionary<StudyCase, StudiedRun[]> runs) => new(
        part.Title,
        part.Labels,
        [.. part.Cases.Select(some => new StudyRow(some.Labels, [.. some.Measure(runs[some])], runs[some][0].Run.Command, [.. runs[some].Select(run => run.Run)]))]);
}
