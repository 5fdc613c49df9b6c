namespace DistNet.Learning.Tests;

public sealed class GeneratorsTests
{
    public static TheoryData<string> PointSets => ["xor", "moons", "spiral", "blobs", "diagonal"];

    [Fact]
    public void Xor_table_is_the_four_rows()
    {
        var data = Generators.Create("xor-table", new GeneratorOptions(Samples: 99));
        Enumerable.Range(0, 4).Select(row => string.Concat(data.Row(row).ToArray()) + data.Labels[row])
            .ShouldBe(["0010", "0111", "1011", "1110"]);
    }

    [Theory]
    [MemberData(nameof(PointSets))]
    public void Data_depend_on_the_seed_alone(string name)
    {
        var first = Generators.Create(name, new GeneratorOptions(Samples: 60, Seed: 4));
        var again = Generators.Create(name, new GeneratorOptions(Samples: 60, Seed: 4));
        var other = Generators.Create(name, new GeneratorOptions(Samples: 60, Seed: 5));
        again.Values.ShouldBe(first.Values);
        again.Labels.ShouldBe(first.Labels);
        other.Values.ShouldNotBe(first.Values);
    }

    [Theory]
    [MemberData(nameof(PointSets))]
    public void More_samples_go_on_from_fewer(string name)
    {
        var few = Generators.Create(name, new GeneratorOptions(Samples: 10));
        var many = Generators.Create(name, new GeneratorOptions(Samples: 100));
        many.Count.ShouldBe(100);
        many.Values[..20].ShouldBe(few.Values);
    }

    [Theory]
    [MemberData(nameof(PointSets))]
    public void Noise_moves_points_and_leaves_classes(string name)
    {
        var quiet = Generators.Create(name, new GeneratorOptions(Samples: 50, Noise: 0));
        var noisy = Generators.Create(name, new GeneratorOptions(Samples: 50, Noise: 0.5f));
        noisy.Labels.ShouldBe(quiet.Labels);
        noisy.Values.ShouldNotBe(quiet.Values);
    }

    [Theory]
    [InlineData("xor", 200)]
    [InlineData("moons", 200)]
    [InlineData("spiral", 201)]
    [InlineData("blobs", 201)]
    public void Classes_take_turns(string name, int samples) =>
        Generators.Create(name, new GeneratorOptions(samples)).Labels
            .CountBy(label => label).Select(pair => pair.Value).Distinct().ShouldHaveSingleItem();

    [Fact]
    public void Xor_without_noise_is_four_points()
    {
        var data = Generators.Create("xor", new GeneratorOptions(Samples: 8, Noise: 0));
        Points(data).Distinct().Count().ShouldBe(4);
        Points(data).ShouldAllBe(point => (point.X * point.Y < 0) == (point.Label == 1));
    }

    [Fact]
    public void Moons_without_noise_lie_on_their_half_circles()
    {
        foreach (var (x, y, label) in Points(Generators.Create("moons", new GeneratorOptions(Noise: 0))))
        {
            var (dx, dy) = label == 0 ? (x, y) : (1 - x, 0.5f - y);
            ((double)MathF.Sqrt((dx * dx) + (dy * dy))).ShouldBe(1, 1e-5);
            dy.ShouldBeGreaterThanOrEqualTo(-1e-6f);
        }
    }

    [Fact]
    public void Spiral_without_noise_has_each_arm_at_its_angle()
    {
        foreach (var (x, y, label) in Points(Generators.Create("spiral", new GeneratorOptions(Noise: 0))))
        {
            var radius = Math.Sqrt((x * x) + (y * y));
            var expected = (4 * radius) + (2 * Math.PI * label / 3);
            ((double)x).ShouldBe(radius * Math.Cos(expected), 1e-5);
            ((double)y).ShouldBe(radius * Math.Sin(expected), 1e-5);
        }
    }

    [Fact]
    public void Blobs_have_any_number_of_classes_around_their_centres()
    {
        var data = Generators.Blobs(classes: 5, new GeneratorOptions(Samples: 5000));
        foreach (var blob in Points(data).GroupBy(point => point.Label))
        {
            blob.Average(point => point.X).ShouldBe((float)(4 * Math.Cos(2 * Math.PI * blob.Key / 5)), 0.15f);
            blob.Average(point => point.Y).ShouldBe((float)(4 * Math.Sin(2 * Math.PI * blob.Key / 5)), 0.15f);
        }

        data.Info.Classes.ShouldBe(5);
    }

    [Fact]
    public void Diagonal_classes_are_the_band_and_its_corners_and_the_band_is_half()
    {
        var points = Points(Generators.Create("diagonal", new GeneratorOptions(Samples: 20000))).ToList();
        var band = 2 - Math.Sqrt(2);
        foreach (var (x, y, label) in points)
        {
            Math.Max(Math.Abs(x), Math.Abs(y)).ShouldBeLessThanOrEqualTo(1);
            label.ShouldBe((double)x - y >= band ? 0 : (double)y - x >= band ? 2 : 1);
        }

        points.Average(point => point.Label == 1 ? 1.0 : 0).ShouldBe(0.5, 0.02);
        points.Average(point => point.Label == 0 ? 1.0 : 0).ShouldBe(0.25, 0.02);
        points.Average(point => point.X).ShouldBe(0, 0.02f);
    }

    [Fact]
    public void Impossible_options_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Generators.Create("blobs", new GeneratorOptions(Samples: 2)));
        Should.Throw<ArgumentOutOfRangeException>(() => Generators.Create("moons", new GeneratorOptions(Noise: -1)));
    }

    private static IEnumerable<(float X, float Y, int Label)> Points(DataSet data) =>
        Enumerable.Range(0, data.Count).Select(i => (data.Row(i)[0], data.Row(i)[1], data.Labels[i]));
}
