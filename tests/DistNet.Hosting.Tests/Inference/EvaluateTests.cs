using DistNet.Learning;
using DistNet.TestKit;

namespace DistNet.Hosting.Tests;

public sealed class EvaluateTests : IDisposable
{
    private const string Table = "1,5,cat\n2,3,dog\n0.5,7,cat\n4,1,dog\n3,3,cow\n";

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task The_figures_are_the_bits_of_the_runs_own_last_evaluation()
    {
        var options = new TrainingOptions { Data = "digits", Scale = ScalingKind.Standard, TestFraction = 0.5, Hidden = [12], Epochs = 1, Out = _temporary.File("run") };
        var trained = await TrainingSession.RunAsync(options, Unwatched.Instance, CancellationToken.None);

        var evaluated = Inference.Evaluate(RunFolder.Open(trained.Run), null, _ => { });

        evaluated.Samples.ShouldBe(898, "so that chunks have to be added in their order");
        evaluated.Version.ShouldBe(trained.Steps);
        BitConverter.DoubleToInt64Bits(evaluated.Loss).ShouldBe(BitConverter.DoubleToInt64Bits(trained.TestLoss!.Value));
        evaluated.Accuracy.ShouldBe(trained.TestAccuracy!.Value);
        evaluated.Accuracy.ShouldBeGreaterThan(0.5, "or the network that was read is not the one that was trained");
    }

    [Fact]
    public void Without_data_it_is_the_test_part()
    {
        var run = new UntrainedRun(_temporary, new TrainingOptions { Data = "iris", TestFraction = 0.2 });

        var result = run.Evaluate();

        (result.Run, result.Version, result.Data, result.Samples).ShouldBe((run.Folder.Root, 1, "iris", 30));
        run.Notices.ShouldBeEmpty();
    }

    [Fact]
    public void Where_nothing_was_held_back_it_is_the_training_part_and_says_so()
    {
        var run = new UntrainedRun(_temporary, new TrainingOptions { Data = "iris", TestFraction = 0 });

        run.Evaluate().Samples.ShouldBe(150);
        run.Notices.ShouldHaveSingleItem().ShouldContain("training part");
    }

    [Fact]
    public void Data_given_are_scaled_as_the_run_scaled_its_own()
    {
        var run = TableRun(Table);
        var own = run.Evaluate();
        run.Notices.Clear();

        var given = run.Evaluate($"csv:{run.Write("same.csv", Table)}");
        var part = run.Evaluate($"csv:{run.Write("part.csv", "4,1,dog\n")}");

        (given.Loss, given.Accuracy, given.Samples).ShouldBe((own.Loss, own.Accuracy, 5));
        part.Loss.ShouldBe(LossOf(run, run.Data.Train, row: 3), "fitted anew, the one sample would be scaled to 0");
        run.Notices.ShouldBeEmpty();
    }

    [Fact]
    public void Of_a_folder_of_pictures_the_test_files_are_taken()
    {
        File.WriteAllBytes(_temporary.File("train-images.idx"), IdxBytes.Pictures(6, 2, 3));
        File.WriteAllBytes(_temporary.File("train-labels.idx"), IdxBytes.Of([6], [0, 1, 2, 0, 1, 2]));
        File.WriteAllBytes(_temporary.File("t10k-images.idx.gz"), IdxBytes.Gzip(IdxBytes.Pictures(4, 2, 3)));
        File.WriteAllBytes(_temporary.File("t10k-labels.idx"), IdxBytes.Of([4], [0, 1, 0, 1]));
        var run = new UntrainedRun(_temporary, new TrainingOptions { Data = $"idx:{_temporary.Path}" });

        var own = run.Evaluate();
        var given = run.Evaluate($"idx:{_temporary.Path}");

        own.Samples.ShouldBe(4);
        given.ShouldBe(own);
        run.Notices.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("iris", "iris has 4 features a sample; the network in {run} takes 2")]
    [InlineData("moons", "moons has 2 classes; the network in {run} tells 3 apart")]
    [InlineData("csv:none.csv", "--data: there is no file none.csv")]
    [InlineData("idx:none", "--data: there is no folder none; ")]
    [InlineData("irises", "--data: 'irises' is none of ")]
    [InlineData("memory:irises", "--data: memory:irises was in the memory of a program that trained on it, and is stored nowhere; ")]
    public void Data_that_do_not_fit_are_wrong_usage(string data, string complaint)
    {
        var run = new UntrainedRun(_temporary, new TrainingOptions { Data = "blobs" });

        UntrainedRun.Complaint<UsageException>(() => run.Evaluate(data)).ShouldStartWith(complaint.Replace("{run}", run.Folder.Root));
    }

    [Fact]
    public void A_class_the_run_does_not_know_is_wrong_usage()
    {
        var run = TableRun(Table);
        var path = run.Write("more.csv", "1,5,cat\n2,3,fox\n");

        UntrainedRun.Complaint<UsageException>(() => run.Evaluate($"csv:{path}"))
            .ShouldBe($"{path}: line 2, column 3: unknown class 'fox'; expected one of cat, cow, dog");
    }

    [Fact]
    public void The_runs_own_data_may_have_changed_since()
    {
        var run = TableRun(Table);
        run.Write("data.csv", "1,5,9,cat\n2,3,9,dog\n");

        UntrainedRun.Complaint<UsageException>(() => run.Evaluate()).ShouldBe($"data has 3 features a sample; the network in {run.Folder.Root} takes 2");
    }

    [Fact]
    public void Classes_of_other_names_are_taken_in_their_order_with_a_notice()
    {
        var run = TableRun(Table);

        run.Evaluate("blobs").Samples.ShouldBe(600);

        run.Notices.ShouldHaveSingleItem().ShouldBe(
            "the classes of blobs have other names than the run's and are taken in their order: 0, 1, 2 for cat, cow, dog");
    }

    private UntrainedRun TableRun(string table)
    {
        File.WriteAllText(_temporary.File("data.csv"), table);
        return new UntrainedRun(
            _temporary,
            new TrainingOptions { Data = $"csv:{_temporary.File("data.csv")}", Scale = ScalingKind.Standard, TestFraction = 0, Batch = 0 });
    }

    private static unsafe double LossOf(UntrainedRun run, DataSet scaled, int row)
    {
        var layout = new ParameterLayout(run.Network);
        using var compute = new NetworkCompute(run.Network, layout, maxRows: 1);
        using var weights = new LocalWeights(layout);
        compute.Gather(scaled, [row]);
        fixed (float* parameters = run.Parameters)
        {
            weights.Begin(parameters);
            return compute.Evaluate(weights).Loss;
        }
    }
}
