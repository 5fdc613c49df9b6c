using DistNet.Simulation;
using static System.FormattableString;

namespace DistNet.Lab;

/// <summary>
/// SSP (Ho et al. 2013) with machines that are late by chance, and with one that is slow for good. The slack absorbs the first kind of delay; the second uses it
/// up once and for all, and the slowest machine sets the pace again.
/// </summary>
public sealed record JitterStudy : Study
{
    private const string Rate = "grad/s";
    private const string Gap = "gap";
    private const string Asynchronous = "asp";
    private const double SlowDown = 2;

    public override string Name => "jitter";

    public override string Question => "What does SSP cure: machines that jitter, or a machine that is slow?";

    /// <summary>P.</summary>
    public int Machines { get; init; } = 8;

    /// <summary>Values of s, beside which stands asp; the first is 0.</summary>
    public IReadOnlyList<int> Slacks { get; init; } = [0, 1, 2, 4, 8];

    /// <summary>The s whose gain is told.</summary>
    public int Judged { get; init; } = 2;

    /// <summary>Gradients of each machine.</summary>
    public int Clocks { get; init; } = 6000;

    internal override IReadOnlyList<StudyPart> Parts =>
    [
        new("Machines alike, times 1 s + an exponential second", ["rule"], [.. Cases(StudyRuns.Cluster("none"), JitterTheory)]),
        new("Times always 2 s, one machine twice as slow for good", ["rule"], [.. Cases(Slow, SlowTheory)]),
    ];

    private SimulateTexts Slow => StudyRuns.Cluster("none", Invariant($"constant:{StudyRuns.Law.Mean}s")) with { Slow = [Invariant($"0={SlowDown}")] };

    private double SlowLimit => StaleSynchronous.ThroughputLimit(Machines, SlowDown * StudyRuns.Law.Mean);

    internal override IEnumerable<StudyFinding> Conclude(IReadOnlyList<StudyTable> tables)
    {
        var (jitter, slow) = (tables[0], tables[1]);
        var recovered = (jitter[Rule(Judged)][Rate] - jitter[Rule(0)][Rate]) / (jitter[Asynchronous][Rate] - jitter[Rule(0)][Rate]);
        yield return new("jitter", recovered > 0.5, Invariant(
            $"Jitter: a slack of {Judged} recovers {recovered:0%} of what barriers lose against asp (from {jitter[Rule(0)][Rate]:0.00} to {jitter[Rule(Judged)][Rate]:0.00} ")
            + Invariant($"of {jitter[Asynchronous][Rate]:0.00} gradients/s)."));
        var rates = Slacks.Select(slack => slow[Rule(slack)][Rate]).ToArray();
        var isFlat = rates.Max() - rates.Min() < 0.02 * SlowLimit;
        yield return new("slow machine", isFlat, Invariant(
            $"Slow machine: slacks of {Slacks[0]} to {Slacks[^1]} give {rates.Min():0.00} to {rates.Max():0.00} gradients/s; P times the slowest rate is ")
            + Invariant($"{SlowLimit:0.00}. {(isFlat ? "No slack helps" : "Slack helps")}."));
        yield return new("asp", slow[Asynchronous][Rate] > 1.1 * SlowLimit, Invariant(
            $"Without any bound asp reaches {slow[Asynchronous][Rate]:0.00} gradients/s, and its clocks are {slow[Asynchronous][Gap]:0} apart at the end."));
    }

    private IEnumerable<StudyCase> Cases(SimulateTexts cluster, Func<int?, double> theory)
    {
        foreach (var slack in Slacks)
        {
            yield return Case(Rule(slack), Clocks, Machines, cluster, theory(slack), StaleSynchronous.GreatestGap(slack));
        }

        yield return Case(Asynchronous, (long)Clocks * Machines, 1, cluster, theory(null), null);
    }

    private StudyCase Case(string rule, long updates, int gradients, SimulateTexts cluster, double theory, int? gap) => new(
        [rule],
        StudyRuns.Of(rule, Machines, updates),
        cluster,
        runs =>
        [
            StudyFigure.Of(Rate, RateOf(runs[0].Seen<UpdateProbe>(), gradients), theory),
            new(Gap, runs[0].Seen<ClockProbe>().GreatestGap, null, gap),
            new("waiting %", 100 * runs[0].Run.WaitingShare),
        ])
    {
        Watch = () => [new UpdateProbe(warmUp: updates / 50), new ClockProbe(Machines)],
    };

    private static Estimate RateOf(UpdateProbe probe, int gradients)
    {
        var update = Estimate.OfSeries(probe.Intervals);
        return new Estimate(gradients, 0, update.DegreesOfFreedom).Over(update);
    }

    /// <summary>Barriers and asp have closed forms; between them a simulation that shares nothing with the actors judges.</summary>
    private double JitterTheory(int? slack) => slack switch
    {
        null => Machines / StudyRuns.Law.Mean,
        0 => Machines / UpdateTimes.BulkSynchronous(StudyRuns.Law, Machines),
        { } s => new StaleSynchronousReference(s).Run(new ServiceTimes(StudyRuns.Law, Machines, seed: 1), Clocks, warmUp: Clocks / 50).GradientRate,
    };

    private double SlowTheory(int? slack) => slack is null ? (Machines - 1 + (1 / SlowDown)) / StudyRuns.Law.Mean : SlowLimit;

    private static string Rule(int slack) => Invariant($"ssp:{slack}");
}
