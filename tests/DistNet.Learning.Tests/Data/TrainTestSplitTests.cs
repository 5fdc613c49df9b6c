using FsCheck;
using FsCheck.Fluent;

namespace DistNet.Learning.Tests;

public sealed class TrainTestSplitTests
{
    [Fact]
    public void Parts_are_disjoint_and_complete_and_keep_the_order() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Cases(), at =>
    {
        var split = TrainTestSplit.Of(Counting(at.Samples), at.Fraction, (ulong)at.Seed);
        split.Train.Count.ShouldBeGreaterThan(0);
        split.Test!.Count.ShouldBeGreaterThan(0);
        split.Train.Labels.Concat(split.Test.Labels).Order().ShouldBe(Enumerable.Range(0, at.Samples));
        split.Train.Labels.ShouldBeInOrder();
        split.Test.Labels.ShouldBeInOrder();
        split.Train.Values.ShouldBe(split.Train.Labels.SelectMany(label => new float[] { label, -label }));
        split.Test.Values.ShouldBe(split.Test.Labels.SelectMany(label => new float[] { label, -label }));
    }));

    [Theory]
    [InlineData(10, 0.2, 2)]
    [InlineData(569, 0.2, 114)]
    [InlineData(2, 0.01, 1)]
    [InlineData(2, 0.99, 1)]
    public void The_nearest_number_of_samples_is_held_back(int samples, double fraction, int held) =>
        TrainTestSplit.Of(Counting(samples), fraction, seed: 1).Test!.Count.ShouldBe(held);

    [Fact]
    public void The_seed_decides_which()
    {
        var data = Counting(100);
        TrainTestSplit.Of(data, 0.3, 1).Test!.Labels.ShouldBe(TrainTestSplit.Of(data, 0.3, 1).Test!.Labels);
        TrainTestSplit.Of(data, 0.3, 1).Test!.Labels.ShouldNotBe(TrainTestSplit.Of(data, 0.3, 2).Test!.Labels);
    }

    [Fact]
    public void Fraction_0_holds_nothing_back()
    {
        var data = Counting(3);
        TrainTestSplit.Of(data, 0, 1).ShouldBe(new TrainTestSplit(data, null));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(10, -0.1)]
    [InlineData(1, 0.5)]
    [InlineData(10, double.NaN)]
    public void Impossible_splits_are_refused(int samples, double fraction) =>
        Should.Throw<ArgumentOutOfRangeException>(() => TrainTestSplit.Of(Counting(samples), fraction, 1));

    private static Arbitrary<(int Samples, double Fraction, int Seed)> Cases() => Arb.From(
        from samples in Gen.Choose(2, 80)
        from percent in Gen.Choose(1, 99)
        from seed in Gen.Choose(0, 1000)
        select (samples, percent / 100.0, seed));

    /// <summary>Sample i is (i, -i) of class i.</summary>
    private static DataSet Counting(int samples) => new(
        new DataSetInfo("test", 2, ClassNames.Numbered(samples), [2]),
        [.. Enumerable.Range(0, samples).SelectMany(i => new float[] { i, -i })],
        [.. Enumerable.Range(0, samples)]);
}
