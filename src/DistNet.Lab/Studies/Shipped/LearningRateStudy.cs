using DistNet.Hosting;
using DistNet.Learning;
using static System.FormattableString;

namespace DistNet.Lab;

/// <summary>
/// A rate that is stable with few asynchronous lanes and diverges with more: each lane makes gradients a version staler, and with constant staleness tau gradient
/// descent on lambda w^2 / 2 is stable only below 2 sin(pi / (2 (2 tau + 1))) / lambda. Random service times move that limit a little; the quadratic and real
/// training show where it is. Every row computes the same number of gradients.
/// </summary>
public sealed record LearningRateStudy : Study
{
    private const string Loss = "final loss";

    private const string StalenessRate = "staleness-lr";
    private const string DelayCompensation = "dcasgd";

    public override string Name => "learning-rate";

    public override string Question => "Why does a learning rate that works with 4 asynchronous workers diverge with 8, and what cures it?";

    /// <summary>Lanes with which the rate works.</summary>
    public int Few { get; init; } = 4;

    /// <summary>Lanes with which it does not.</summary>
    public int Many { get; init; } = 8;

    /// <summary>On the quadratic, whose curvature is 1.</summary>
    public double Rate { get; init; } = 0.4;

    /// <summary>Gradients computed on the quadratic.</summary>
    public int Gradients { get; init; } = 40_000;

    public int Seeds { get; init; } = 3;

    /// <summary>Coordinates of the quadratic.</summary>
    public int Dimension { get; init; } = 16;

    /// <summary>Standard deviation of a coordinate of a gradient.</summary>
    public double Noise { get; init; } = 0.1;

    /// <summary>In real training.</summary>
    public double DigitsRate { get; init; } = 0.3;

    /// <summary>Gradients computed in real training, of 16 samples each; 0: no real training.</summary>
    public int DigitsGradients { get; init; } = 2400;

    internal override IReadOnlyList<StudyPart> Parts =>
    [
        Part(
            Invariant($"Quadratic of curvature 1 from a loss of {Dimension / 2.0}, rate {Rate}"),
            Rate,
            (mode, lanes) => StudyRuns.Of(mode, lanes, Updates(mode, Gradients)),
            StudyRuns.Cluster(StudyRuns.Quadratic(Dimension, Noise)).Compute),
        .. DigitsGradients == 0 ? Array.Empty<StudyPart>() : [Part(
            Invariant($"Digits, 64 hidden units, rate {DigitsRate}; a network that knows nothing has a loss of {StudyRuns.KnowsNothing:0.00}"),
            DigitsRate,
            (mode, lanes) => StudyRuns.Of(mode, lanes, Updates(mode, DigitsGradients), unit: 16) with { EvalEvery = 1000 },
            compute: null)],
    ];

    internal override IEnumerable<StudyFinding> Conclude(IReadOnlyList<StudyTable> tables)
    {
        foreach (var (table, what, start) in tables.Zip(["quadratic", "digits"], [Dimension / 2.0, 0.5 * StudyRuns.KnowsNothing]))
        {
            var (few, many) = (table.Rows[0], table.Rows[1]);
            yield return Says($"{what}, {Few} lanes", few, Fails(few, start), isToFail: false);
            yield return Says($"{what}, {Many} lanes", many, Fails(many, start), isToFail: true);
            foreach (var cure in table.Rows.Skip(2))
            {
                // Its correction is of second order in the distance to the optimum: it cannot move the limit of a quadratic.
                var isToFail = what == "quadratic" && cure.Labels[0].EndsWith(DelayCompensation, StringComparison.Ordinal);
                yield return Says($"{what}, {cure.Labels[0]}", cure, Fails(cure, start), isToFail);
            }
        }
    }

    private StudyPart Part(string title, double rate, Func<string, int, TrainingOptions> run, string? compute)
    {
        StudyCase Case(string name, string mode, int lanes, double share = 1, string correction = "none") => new(
            [name],
            run(mode, lanes) with { LearningRate = (float)(share * rate), Correction = correction },
            StudyRuns.Cluster(compute),
            runs => Figures(runs, Staleness(mode, lanes), compute is null ? null : share * rate, correction))
        {
            Seeds = Seeds,
        };
        return new(title, ["run"],
        [
            Case(Asynchronous(Few), "asp", Few),
            Case(Asynchronous(Many), "asp", Many),
            Case($"{Many}, ssp:1", "ssp:1", Many),
            Case($"{Many}, bsp", "bsp", Many),
            Case($"{Many}, {StalenessRate}", "asp", Many, correction: StalenessRate),
            Case($"{Many}, half the rate", "asp", Many, share: 0.5),
            Case($"{Many}, {DelayCompensation}", "asp", Many, correction: DelayCompensation),
        ]);
    }

    /// <summary>The limit stands where the curvature is known. What divides the rate by the staleness moves it by as much.</summary>
    private static IEnumerable<StudyFigure> Figures(IReadOnlyList<StudiedRun> runs, double staleness, double? rateTimesCurvature, string correction)
    {
        yield return new("staleness", SeedSpread.Of(runs.Select(run => run.Run.StalenessMean))?.Mean, null, staleness);
        if (rateTimesCurvature is { } product)
        {
            yield return new("rate", product);
            yield return new("limit", DelayStability.Limit(staleness) * (correction == StalenessRate ? Math.Max(1, staleness) : 1));
        }

        yield return StudyFigure.Over(Loss, runs.Select(run => run.Run.TrainLoss is { } loss && double.IsFinite(loss) ? loss : (double?)null));
    }

    /// <summary>
    /// A loss as high as at the start is no less a failure than one that is not finite: a relu network that was thrown too far is dead, and stays finite.
    /// </summary>
    private static bool Fails(StudyRow row, double start) => row.Diverged > 0 || !(row[Loss] < start);

    private static StudyFinding Says(string what, StudyRow row, bool fails, bool isToFail)
    {
        var loss = LabTable.Figure(row[Loss]);
        var outcome = !fails ? $"converges, to a loss of {loss}"
            : double.IsNaN(row[Loss]) ? "diverges"
            : Invariant($"fails, at a loss of {loss}, {row.Diverged} of {row.Runs.Count} runs not finite");
        return new(what, fails == isToFail, $"{what}: {outcome}.");
    }

    private long Updates(string mode, int gradients) => mode == "asp" ? gradients : gradients / Many;

    /// <summary>By theory: the mean under asp, the bound under ssp.</summary>
    private static double Staleness(string mode, int lanes) => mode switch
    {
        "asp" => StalenessLaws.MeanAsynchronous(lanes),
        "bsp" => 0,
        _ => StaleSynchronous.GreatestStaleness(slack: 1),
    };

    private static string Asynchronous(int lanes) => Invariant($"{lanes}, asp");
}
