using DistNet.Hosting;
using DistNet.Learning;
using static System.FormattableString;

namespace DistNet.Lab;

/// <summary>
/// Local SGD (Stich 2018, arXiv 1805.09767): H steps of every lane by itself, then one exchange. A gradient pushed stands for H, so 1/H of the bytes are sent.
/// While lanes are alone they descend on their own data: with data that are alike that is the common loss, with shards by label it is not.
/// </summary>
public sealed record LocalStudy : Study
{
    private const string Bytes = "bytes/sample";
    private const string Accuracy = "accuracy %";
    private const string Loss = "test loss";

    public override string Name => "local-sgd";

    public override string Question => "What do local steps save in communication, and what do they cost in accuracy?";

    public int Lanes { get; init; } = 8;

    /// <summary>Values of H, rising; the first is 1.</summary>
    public IReadOnlyList<int> Steps { get; init; } = [1, 4, 16, 64];

    /// <summary>Samples of a lane's step.</summary>
    public int Unit { get; init; } = 8;

    public int Epochs { get; init; } = 30;

    public int Seeds { get; init; } = 5;

    public double Rate { get; init; } = 0.1;

    internal override IReadOnlyList<StudyPart> Parts =>
    [
        new(Invariant($"Digits, {Lanes} lanes, {Epochs} epochs, data alike (--sharding iid)"), ["H"], [.. Steps.Select(steps => Case(steps, Sharding.Iid))]),
        new(Invariant($"The same, each lane with labels of its own (--sharding by-label)"), ["H"], [.. Steps.Select(steps => Case(steps, Sharding.ByLabel))]),
    ];

    internal override IEnumerable<StudyFinding> Conclude(IReadOnlyList<StudyTable> tables)
    {
        var (alike, apart) = (tables[0], tables[1]);
        var share = Last(alike)[Bytes] / First(alike)[Bytes];
        yield return new("communication", share < 1.5 * LocalSgd.CommunicationShare(Steps[^1]), Invariant(
            $"With H = {Steps[^1]} {share:0.0%} of the bytes of H = 1 are sent (theory: {LocalSgd.CommunicationShare(Steps[^1]):0.0%})."));
        var (lostAlike, lostApart) = (Lost(alike), Lost(apart));
        yield return new("data alike", lostAlike < 5, Invariant(
            $"Data alike: accuracy changes by {-lostAlike:+0.0;-0.0;0.0} points."));
        yield return new("labels apart", lostApart > 2 * Math.Max(lostAlike, 1), Invariant(
            $"Labels apart: it changes by {-lostApart:+0.0;-0.0;0.0} points; the test loss goes from {First(apart)[Loss]:0.000} to {Last(apart)[Loss]:0.000}."));
    }

    private static StudyRow First(StudyTable table) => table.Rows[0];

    private static StudyRow Last(StudyTable table) => table.Rows[^1];

    private static double Lost(StudyTable table) => First(table)[Accuracy] - Last(table)[Accuracy];

    private StudyCase Case(int steps, Sharding sharding) => new(
        [Invariant($"{steps}")],
        StudyRuns.Of(Invariant($"local:{steps}"), Lanes, unit: Unit) with { LearningRate = (float)Rate, Epochs = Epochs, Sharding = sharding },
        StudyRuns.Cluster(),
        Figures)
    {
        Seeds = Seeds,
        Watch = static () => [new PushProbe()],
    };

    private static IEnumerable<StudyFigure> Figures(IReadOnlyList<StudiedRun> runs)
    {
        yield return StudyFigure.Over(Bytes, runs.Select(run => run.Seen<PushProbe>().Bytes / (double?)run.Run.Ledger?.Applied));
        yield return StudyFigure.Over(Loss, runs.Select(run => run.Run.TestLoss));
        yield return StudyFigure.Over(Accuracy, runs.Select(run => 100 * run.Run.TestAccuracy));
    }
}
