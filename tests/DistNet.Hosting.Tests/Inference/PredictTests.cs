using System.Globalization;
using DistNet.Learning;
using DistNet.TestKit;

namespace DistNet.Hosting.Tests;

public sealed class PredictTests : IDisposable
{
    private const string Flowers = "5.1,3.5,1.4,0.2\n6.7,3.0,5.2,2.3\n";

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Probabilities_are_the_softmax_of_the_scaled_sample_through_the_layer()
    {
        var run = Iris(new TrainingOptions { Hidden = [], Scale = ScalingKind.Standard });

        var table = run.Predict(run.Write("new.csv", Flowers));

        table.ClassNames.ShouldBe(["setosa", "versicolor", "virginica"]);
        table.Rows.Count.ShouldBe(2);
        double[][] samples = [[5.1, 3.5, 1.4, 0.2], [6.7, 3.0, 5.2, 2.3]];
        foreach (var (row, sample) in table.Rows.Zip(samples))
        {
            var expected = Softmax(Linear(run, sample));
            row.Probabilities.Select(p => (double)p).ShouldBe(expected, tolerance: 1e-5);
            row.Class.ShouldBe(Array.IndexOf(expected, expected.Max()));
        }
    }

    [Theory]
    [InlineData("5.1,3.5,1.4,0.2,setosa\n6.7,3.0,5.2,2.3,virginica\n")]
    [InlineData("5.1,3.5,1.4,0.2,\n6.7,3.0,5.2,2.3,never heard of\n")]
    [InlineData("a,b,c,d\n5.1,3.5,1.4,0.2\n6.7,3.0,5.2,2.3\n")]
    [InlineData("a,b,c,d,kind\n5.1,3.5,1.4,0.2,1.5\n6.7,3.0,5.2,2.3,\n")]
    public void A_header_and_a_column_for_the_class_change_nothing(string text)
    {
        var run = Iris(new TrainingOptions());
        var expected = run.Predict(run.Write("new.csv", Flowers));

        ShouldBeEqual(run.Predict(run.Write("other.csv", text)), expected);
    }

    [Theory]
    [InlineData("kind")]
    [InlineData("0")]
    public void The_column_passed_over_is_the_one_the_run_has_its_class_in(string label)
    {
        File.WriteAllText(_temporary.File("data.csv"), "kind,a,b\ncat,1,2\ndog,3,4\n");
        var run = new UntrainedRun(
            _temporary,
            new TrainingOptions { Data = $"csv:{_temporary.File("data.csv")}", Label = label, TestFraction = 0, Batch = 0 });
        var expected = run.Predict(run.Write("new.csv", "a,b\n5,6\n"));

        ShouldBeEqual(run.Predict(run.Write("other.csv", "kind,a,b\n?,5,6\n")), expected);
    }

    [Theory]
    [InlineData("1,2,3\n", "line 1 has 3 columns; expected the 4 features, alone or with a class")]
    [InlineData("1,2,3,4,5,6\n", "line 1 has 6 columns; expected the 4 features, alone or with a class")]
    [InlineData("1,2,3,4\n1,2,3,4,5\n", "line 2 has 5 columns; expected 4 as in the first line")]
    [InlineData("1,2,3,4\n1,x,3,4\n", "line 2, column 2: 'x' is not a finite number")]
    [InlineData("a,b,c,d\n", "has a header but no samples; expected one sample a line after it")]
    [InlineData("", "is empty; expected one sample a line")]
    public void Another_table_is_wrong_usage(string text, string complaint)
    {
        var run = Iris(new TrainingOptions());
        var path = run.Write("new.csv", text);

        UntrainedRun.Complaint<UsageException>(() => run.Predict(path)).ShouldBe($"{path}: {complaint}");
    }

    [Fact]
    public void A_file_that_is_not_there_is_wrong_usage()
    {
        var run = Iris(new TrainingOptions());

        UntrainedRun.Complaint<UsageException>(() => run.Predict("none.csv")).ShouldBe("--input: there is no file none.csv");
        UntrainedRun.Complaint<UsageException>(() => run.Predict(run.Folder.Root)).ShouldEndWith("is a folder, not a file");
    }

    [Fact]
    public void Pictures_are_predicted_packed_or_not()
    {
        var run = new UntrainedRun(_temporary, new TrainingOptions { Data = "digits" });
        byte[] pictures = IdxBytes.Pictures(3, 8, 8);

        var plain = run.Predict(run.Write("pictures", pictures));
        var packed = run.Predict(run.Write("packed", IdxBytes.Gzip(pictures)));
        var table = run.Predict(run.Write("table", Csv(pictures[16..], columns: 64)));

        plain.Rows.Count.ShouldBe(3);
        ShouldBeEqual(packed, plain);
        ShouldBeEqual(table, plain);
    }

    [Fact]
    public void Other_pictures_are_wrong_usage()
    {
        var run = new UntrainedRun(_temporary, new TrainingOptions { Data = "digits" });
        var larger = run.Write("larger", IdxBytes.Pictures(1, 9, 9));
        var labels = run.Write("labels", IdxBytes.Of([2], [1, 2]));
        var torn = run.Write("torn", IdxBytes.Gzip(IdxBytes.Pictures(3, 8, 8))[..^9]);

        UntrainedRun.Complaint<UsageException>(() => run.Predict(larger)).ShouldBe($"{larger} has 81 features a sample; the network in {run.Folder.Root} takes 64");
        UntrainedRun.Complaint<UsageException>(() => run.Predict(labels)).ShouldStartWith($"{labels}: has 1 dimension(s); images have 3 or 4");
        UntrainedRun.Complaint<UsageException>(() => run.Predict(torn)).ShouldStartWith($"{torn}: the gzip data are damaged or cut short");
    }

    [Theory]
    [InlineData(LossKind.SigmoidCrossEntropy)]
    [InlineData(LossKind.SquaredError)]
    public void One_output_speaks_for_the_second_of_two_classes(LossKind loss)
    {
        var run = new UntrainedRun(_temporary, new TrainingOptions { Data = "moons", Loss = loss, Hidden = [], Scale = ScalingKind.None });

        var table = run.Predict(run.Write("new.csv", "2,-3\n-2,3\n"));

        double[][] samples = [[2, -3], [-2, 3]];
        foreach (var (row, sample) in table.Rows.Zip(samples))
        {
            var output = Linear(run, sample).ShouldHaveSingleItem();
            var second = loss == LossKind.SquaredError ? output : 1 / (1 + Math.Exp(-output));
            row.Probabilities.Select(p => (double)p).ShouldBe([1 - second, second], tolerance: 1e-5);
            row.Class.ShouldBe(second > 0.5 ? 1 : 0);
        }

        table.Rows.Select(row => row.Class).Distinct().Count().ShouldBe(2, "or the samples do not tell the classes apart");
    }

    [Fact]
    public void Samples_past_the_first_chunk_are_predicted_as_they_are_alone()
    {
        var run = new UntrainedRun(_temporary, new TrainingOptions { Data = "moons" });
        string[] lines = [.. Enumerable.Range(0, 600).Select(i => string.Create(CultureInfo.InvariantCulture, $"{Math.Sin(i)},{Math.Cos(3 * i)}\n"))];

        var all = run.Predict(run.Write("all.csv", string.Concat(lines)));
        var rest = run.Predict(run.Write("rest.csv", string.Concat(lines[500..])));

        all.Rows.Count.ShouldBe(600);
        ShouldBeEqual(all with { Rows = [.. all.Rows.Skip(500)] }, rest);
    }

    private UntrainedRun Iris(TrainingOptions options) => new(_temporary, options with { Data = "iris" });

    /// <summary>The output of a network without hidden layer, in double.</summary>
    private static double[] Linear(UntrainedRun run, double[] sample)
    {
        var layer = new ParameterLayout(run.Network).Layers[0];
        var scaling = run.Data.Scaling;
        double[] x = [.. sample.Select((value, i) => (value - scaling.Offsets[i]) * scaling.Factors[i])];
        return [.. Enumerable.Range(0, layer.Units).Select(unit =>
            run.Parameters[layer.BiasOffset + unit] + x.Select((value, i) => value * run.Parameters[(i * layer.Units) + unit]).Sum())];
    }

    private static double[] Softmax(double[] outputs)
    {
        double[] powers = [.. outputs.Select(Math.Exp)];
        return [.. powers.Select(power => power / powers.Sum())];
    }

    private static string Csv(byte[] values, int columns) =>
        string.Concat(values.Chunk(columns).Select(row => string.Join(',', row) + "\n"));

    private static void ShouldBeEqual(PredictionTable actual, PredictionTable expected)
    {
        actual.Rows.Select(row => row.Class).ShouldBe(expected.Rows.Select(row => row.Class));
        Bits(actual).ShouldBe(Bits(expected));
    }

    private static int[] Bits(PredictionTable table) => [.. table.Rows.SelectMany(row => row.Probabilities).Select(BitConverter.SingleToInt32Bits)];
}
