using DistNet.Learning;
using DistNet.Simulation;
using static System.FormattableString;

namespace DistNet.Lab;

/// <summary>
/// Asynchrony begets momentum (Mitliagkas et al. 2016, arXiv 1605.09774): with M workers and exponential times the mean weights move as by momentum 1 - 1/M at a
/// rate of alpha / M. So momentum that is given on top of it is soon too much, and the best one falls as M grows.
/// </summary>
public sealed record MomentumStudy : Study
{
    private const string Loss = "train loss";
    private const string Service = "exp:1s";
    private const int Coordinates = 256;

    public override string Name => "momentum";

    public override string Question => "How much momentum does asynchrony beget, and what does it leave for an explicit one?";

    /// <summary>Workers, their rate and the updates of the regression: high rates, because then the weights stand out of the noise.</summary>
    public IReadOnlyList<(int Workers, double Rate, int Updates)> Regressions { get; init; } = [(4, 0.3, 40_000), (8, 0.2, 60_000), (16, 0.15, 100_000)];

    /// <summary>Values of M in real training, rising.</summary>
    public IReadOnlyList<int> Workers { get; init; } = [1, 4, 16];

    /// <summary>Explicit momentum tried with each, rising.</summary>
    public IReadOnlyList<double> Momenta { get; init; } = [0, 0.3, 0.6, 0.9];

    /// <summary>Rate of real training.</summary>
    public double DigitsRate { get; init; } = 0.05;

    /// <summary>Updates of real training, each by a gradient of 16 samples; 0: none.</summary>
    public int DigitsUpdates { get; init; } = 1500;

    public int DigitsSeeds { get; init; } = 3;

    internal override IReadOnlyList<StudyPart> Parts =>
    [
        new("Quadratic, asp: regression of one displacement of the weights on the one before", ["M"], [.. Regressions.Select(Regression)]),
        .. DigitsUpdates == 0 ? Array.Empty<StudyPart>() : [new(
            Invariant($"Digits, asp, rate {DigitsRate}: explicit momentum after {DigitsUpdates} updates of 16 samples"),
            ["M", "momentum"],
            [.. Workers.SelectMany(workers => Momenta.Select(momentum => OnDigits(workers, momentum)))])],
    ];

    internal override IEnumerable<StudyFinding> Conclude(IReadOnlyList<StudyTable> tables)
    {
        foreach (var row in tables[0].Rows)
        {
            var (measured, theory) = (row["momentum"], row.Find("momentum").Theory!.Value);
            yield return new($"M = {row.Labels[0]}", Math.Abs(measured - theory) < 0.03 * theory, Invariant(
                $"{row.Labels[0]} workers beget a momentum of {measured:0.000}; 1 - 1/M is {theory:0.000}."));
        }

        if (tables.Count > 1)
        {
            yield return OfBest(tables[1]);
        }
    }

    private StudyFinding OfBest(StudyTable table)
    {
        var best = Workers.Select(workers => Momenta.MinBy(momentum => LossOf(table, workers, momentum))).ToArray();
        var neverRises = best.Zip(best.Skip(1)).All(pair => pair.Second <= pair.First);
        var told = string.Join(", ", best.Zip(Workers, (momentum, workers) => Invariant($"{momentum} with {workers}")));
        return new("best momentum", neverRises && best[^1] < best[0], $"The best explicit momentum of those tried is {told} workers.");
    }

    /// <summary>Runs that diverge are no candidates.</summary>
    private static double LossOf(StudyTable table, int workers, double momentum) =>
        table[Text(workers), Text(momentum)] is { Diverged: 0 } row ? row[Loss] : double.PositiveInfinity;

    private static StudyCase Regression((int Workers, double Rate, int Updates) size) => new(
        [Text(size.Workers)],
        StudyRuns.Of("asp", size.Workers, size.Updates) with { LearningRate = (float)size.Rate },
        StudyRuns.Cluster(StudyRuns.Quadratic(Coordinates, noise: 1), Service),
        runs => Figures(runs[0].Seen<DisplacementRegression>(), size.Workers, size.Rate))
    {
        Watch = () => [new DisplacementRegression(size.Workers, Coordinates, warmUp: 1000)],
    };

    private static IEnumerable<StudyFigure> Figures(DisplacementRegression regression, int workers, double rate)
    {
        var (momentum, effective) = regression.Fit();
        yield return StudyFigure.Of("momentum", momentum, ImplicitMomentum.Momentum(workers));
        yield return StudyFigure.Of("rate", effective, ImplicitMomentum.EffectiveRate(rate, workers));
    }

    private StudyCase OnDigits(int workers, double momentum) => new(
        [Text(workers), Text(momentum)],
        StudyRuns.Of("asp", workers, DigitsUpdates, unit: 16) with
        {
            LearningRate = (float)DigitsRate,
            Optimizer = OptimizerKind.Momentum,
            Momentum = momentum,
            EvalEvery = 1000,
        },
        StudyRuns.Cluster(service: Service),
        static runs =>
        [
            StudyFigure.Over(Loss, runs.Select(run => run.Run.TrainLoss)),
            StudyFigure.Over("accuracy %", runs.Select(run => 100 * run.Run.TestAccuracy)),
        ])
    {
        Seeds = DigitsSeeds,
    };

    private static string Text(double number) => Invariant($"{number}");
}
