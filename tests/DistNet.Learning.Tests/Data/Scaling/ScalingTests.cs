namespace DistNet.Learning.Tests;

public sealed class ScalingTests
{
    [Fact]
    public void Unit_with_a_full_scale_divides_by_it()
    {
        var data = Data(fullScale: 255, columns: 1, [.. Enumerable.Range(0, 256)]);
        var scaled = Scaling.Fit(ScalingKind.Unit, data).Apply(data);
        scaled.Values.ShouldBe(Enumerable.Range(0, 256).Select(i => i / 255f));
        scaled.Info.FullScale.ShouldBeNull();
    }

    [Fact]
    public void Unit_without_one_goes_from_smallest_to_largest_of_each_column()
    {
        var data = Data(null, columns: 3, [1, -10, 7, 3, 10, 7, 2, 0, 7]);
        Scaling.Fit(ScalingKind.Unit, data).Apply(data).Values.ShouldBe([0, 0, 0, 1, 1, 0, 0.5f, 0.5f, 0]);
    }

    [Fact]
    public void Standard_gives_mean_0_and_deviation_1_and_constant_columns_0()
    {
        var random = new Random(3);
        float[] Row(int row) => [(random.NextSingle() * 1000) + 5000, 0.1f, random.NextSingle()];
        float[] values = [.. Enumerable.Range(0, 500).SelectMany(Row)];
        var data = Data(null, columns: 3, values);
        var scaled = Scaling.Fit(ScalingKind.Standard, data).Apply(data);
        foreach (var column in new[] { 0, 2 })
        {
            var numbers = Enumerable.Range(0, 500).Select(row => (double)scaled.Row(row)[column]).ToList();
            numbers.Average().ShouldBe(0, 1e-6);
            numbers.Average(x => x * x).ShouldBe(1, 1e-6);
        }

        Enumerable.Range(0, 500).Select(row => scaled.Row(row)[1]).ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void None_changes_nothing()
    {
        var data = Data(255, columns: 2, [1, 2, 3, 4]);
        Scaling.Fit(ScalingKind.None, data).Apply(data).ShouldBeSameAs(data);
    }

    [Theory]
    [InlineData(ScalingKind.Unit)]
    [InlineData(ScalingKind.Standard)]
    public void The_test_part_is_scaled_by_what_the_training_part_says(ScalingKind kind)
    {
        var train = Data(null, columns: 2, [0, 5, 2, 5, 4, 5]);
        var test = Data(null, columns: 2, [8, 9]);
        var scaled = Scaling.Fit(kind, train).Apply(test);
        var expected = kind == ScalingKind.Unit ? 2 : (float)((8 - 2) / Math.Sqrt(8 / 3.0));
        scaled.Values[0].ShouldBe(expected, 1e-6f);
        scaled.Values[1].ShouldBe(0, "constant in the training part");
    }

    [Fact]
    public void Data_of_another_width_are_refused() => Should.Throw<ArgumentOutOfRangeException>(
        () => Scaling.Fit(ScalingKind.Unit, Data(null, 2, [1, 2, 3, 4])).Apply(Data(null, 1, [1])));

    private static DataSet Data(float? fullScale, int columns, params float[] values) => new(
        new DataSetInfo("test", columns, ["a"], [columns], fullScale), values, new int[values.Length / columns]);
}
