using DistNet.Simulation;
using static System.FormattableString;

namespace DistNet.Lab;

/// <summary>
/// Backup workers (Chen et al. 2016, arXiv 1604.00981): of N + b gradients the first N form an update. The time of an update falls by what the slowest b would
/// have cost; the update is worth less, because it averages fewer gradients. At a rate in proportion to N the noise that remains is the same, and the updates to
/// a loss go as 1/N: so what counts, and what is measured, is the time to a loss.
/// </summary>
public sealed record StragglerStudy : Study
{
    private const string ToLoss = "s to loss";
    private const string Update = "s/update";

    public override string Name => "stragglers";

    public override string Question => "Why do 96 machines and 4 to spare beat 100?";

    /// <summary>N + b.</summary>
    public int Machines { get; init; } = 100;

    /// <summary>Values of b; the first is 0.</summary>
    public IReadOnlyList<int> Spare { get; init; } = [0, 1, 2, 4, 8, 16, 32, 48];

    /// <summary>The b that is held against 0.</summary>
    public int Judged { get; init; } = 4;

    /// <summary>Values of b beside N machines that are kept: there the time of an update alone is measured.</summary>
    public IReadOnlyList<int> Added { get; init; } = [0, 1, 2, 4, 8];

    /// <summary>Updates by which the time of one is measured.</summary>
    public int Updates { get; init; } = 1500;

    /// <summary>Seeds of the time to a loss.</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>The rate that goes with all machines' gradients.</summary>
    public double Rate { get; init; } = 0.02;

    /// <summary>Coordinates of the quadratic, with gradient noise of 1 each.</summary>
    public int Dimension { get; init; } = 64;

    /// <summary>The loss to be reached, as part of the first.</summary>
    public double TargetShare { get; init; } = 1e-3;

    /// <summary>Real training, to this train loss.</summary>
    public double DigitsLoss { get; init; } = 0.3;

    /// <summary>The rate of real training that goes with all machines' gradients.</summary>
    public double DigitsRate { get; init; } = 0.3;

    /// <summary>Length of real training; 0: none.</summary>
    public int DigitsEpochs { get; init; } = 20;

    /// <summary>Seeds of real training.</summary>
    public int DigitsSeeds { get; init; } = 3;

    private double Target => TargetShare * Dimension / 2;

    internal override IReadOnlyList<StudyPart> Parts =>
    [
        new($"{Machines - Judged} gradients an update, b machines more: time of an update", ["b"], [.. Added.Select(WithMore)]),
        new(Invariant($"{Machines} machines, b of them to spare: noisy quadratic, time to a loss of {Target:0.###}"), ["b"], [.. Spare.Select(OnQuadratic)]),
        .. DigitsEpochs == 0
            ? Array.Empty<StudyPart>()
            : [new(Invariant($"{Machines} machines, b of them to spare: digits, time to a train loss of {DigitsLoss}"), ["b"], [.. Spare.Select(OnDigits)])],
    ];

    internal override IEnumerable<StudyFinding> Conclude(IReadOnlyList<StudyTable> tables)
    {
        var saved = 1 - (tables[0][Text(Judged)][Update] / tables[0]["0"][Update]);
        yield return new("update", saved > 0, Invariant(
            $"{Judged} machines more take {saved:0.0%} off the time of an update of {Machines - Judged} gradients (theory: {TheorySaved:0.0%})."));
        foreach (var (table, what) in tables.Skip(1).Zip(["quadratic", "digits"]))
        {
            yield return Beats(table, what);
        }

        var best = tables[1].Rows.MinBy(row => row[ToLoss])!.Labels[0];
        yield return new("best", best == Text(BestByTheory), $"On the quadratic the best b of those tried is {best}; by theory it is {Text(BestByTheory)}.");
    }

    private double TheorySaved => 1 - (UpdateTimes.Backup(StudyRuns.Law, Machines, Judged) / UpdateTimes.BulkSynchronous(StudyRuns.Law, Machines - Judged));

    private int BestByTheory => Spare.MinBy(TheorySeconds);

    private StudyFinding Beats(StudyTable table, string what)
    {
        var (all, kept) = (table["0"][ToLoss], table[Text(Judged)][ToLoss]);
        var holds = kept < all;
        var needs = Invariant($"{what}: {Machines - Judged} + {Judged} need {kept:0} s to the loss, {Machines} need {all:0} s");
        return new(what, holds, holds ? Invariant($"{needs}: {1 - (kept / all):0.0%} less.") : $"{needs}: no less.");
    }

    private StudyCase WithMore(int spare)
    {
        var lanes = Machines - Judged + spare;
        return new(
            [Text(spare)],
            StudyRuns.Of(Rule(spare), lanes, Updates),
            StudyRuns.Cluster("none"),
            runs => [StudyFigure.Of(Update, Estimate.OfIndependent(runs[0].Seen<UpdateProbe>().Intervals), UpdateTimes.Backup(StudyRuns.Law, lanes, spare))])
        {
            Watch = static () => [new UpdateProbe()],
        };
    }

    private StudyCase OnQuadratic(int spare) => new(
        [Text(spare)],
        StudyRuns.Of(Rule(spare), Machines, (long)(1.5 * TheoryUpdates(spare)) + 20) with { LearningRate = (float)RateOf(spare) },
        StudyRuns.Cluster(StudyRuns.Quadratic(Dimension, noise: 1)),
        runs => [.. QuadraticFigures(spare, [.. runs.Select(run => run.Seen<UpdateProbe>())])])
    {
        Seeds = Seeds,
        Watch = static () => [new UpdateProbe()],
    };

    private IEnumerable<StudyFigure> QuadraticFigures(int spare, UpdateProbe[] probes)
    {
        double? UpdatesTo(UpdateProbe probe) => probe.UpdatesTo(Target);
        double? SecondsTo(UpdateProbe probe) => probe.UpdatesTo(Target) is { } count ? probe.Intervals.Take(count).Sum() : null;
        yield return StudyFigure.Over(Update, probes.Select(probe => (double?)probe.Intervals.Average()), TheoryTime(spare));
        yield return StudyFigure.Over("updates", probes.Select(UpdatesTo), TheoryUpdates(spare));
        yield return StudyFigure.Over(ToLoss, probes.Select(SecondsTo), TheorySeconds(spare));
    }

    private StudyCase OnDigits(int spare) => new(
        [Text(spare)],
        StudyRuns.Of(Rule(spare), Machines) with { LearningRate = (float)(DigitsRate * Kept(spare)), Epochs = DigitsEpochs },
        StudyRuns.Cluster(),
        static runs =>
        [
            StudyFigure.Over(Update, runs.Select(run => run.Run.SecondsPerUpdate)),
            StudyFigure.Over(ToLoss, runs.Select(run => run.Run.SecondsToLoss)),
            StudyFigure.Over("accuracy %", runs.Select(run => 100 * run.Run.TestAccuracy)),
        ])
    {
        Seeds = DigitsSeeds,
        TargetLoss = DigitsLoss,
    };

    private double Kept(int spare) => (Machines - spare) / (double)Machines;

    private double RateOf(int spare) => Rate * Kept(spare);

    private double TheoryTime(int spare) => UpdateTimes.Backup(StudyRuns.Law, Machines, spare);

    /// <summary>Of one coordinate, which all are like.</summary>
    private double TheoryUpdates(int spare) =>
        NoiseFloors.KSyncUpdatesTo(RateOf(spare), curvature: 1, variance: 1, Machines - spare, first: 0.5, target: 0.5 * TargetShare);

    private double TheorySeconds(int spare) => TheoryTime(spare) * TheoryUpdates(spare);

    private static string Rule(int spare) => Invariant($"backup:{spare}");

    private static string Text(int spare) => Invariant($"{spare}");
}
