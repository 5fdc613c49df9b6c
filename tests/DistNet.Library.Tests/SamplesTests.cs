using DistNet.Hosting;

namespace DistNet.Library.Tests;

public sealed class SamplesTests
{
    private static readonly Samples Two = Samples.Of([[1, 2, 3, 4], [5, 6, 7, 8]], [0, 1]);

    [Fact]
    public void Rows_a_block_and_named_labels_say_the_same()
    {
        var block = Samples.Of([1, 2, 3, 4, 5, 6, 7, 8], [0, 1]);
        var named = Samples.Of([[1, 2, 3, 4], [5, 6, 7, 8]], ["cat", "dog"]);

        foreach (var samples in new[] { Two, block, named })
        {
            (samples.Count, samples.Features).ShouldBe((2, 4));
            samples.Row(1).ToArray().ShouldBe([5, 6, 7, 8]);
            samples.ClassOf(1).ShouldBe(1);
        }

        named.ClassNames.ShouldBe(["cat", "dog"]);
        Two.ClassNames.ShouldBe(["0", "1"]);
    }

    [Fact]
    public void What_they_were_made_from_may_change_later()
    {
        float[] row = [1, 2];
        int[] classes = [0];
        float[] block = [1, 2];
        var rows = Samples.Of([row], classes);
        var whole = Samples.Of(block, classes);

        (row[0], block[0], classes[0]) = (9, 9, 9);

        rows.Row(0).ToArray().ShouldBe([1, 2]);
        whole.Row(0).ToArray().ShouldBe([1, 2]);
        (rows.ClassOf(0), whole.ClassOf(0)).ShouldBe((0, 0));
    }

    [Fact]
    public void Every_mistake_is_said_at_once()
    {
        Problems(() => Samples.Of([[1, 2], [3]], [0, 1, 2])).ShouldBe([
            "there are 2 rows of features and 3 classes; give one class for each row",
            "sample 1 has 1 features and sample 0 has 2; give all the same number",
        ]);
        Problems(() => Samples.Of([[1, float.NaN], [3, 4]], [0, -1])).ShouldBe([
            "sample 1 is of class -1; classes are counted from 0",
            "feature 1 of sample 0 is NaN; leave the sample out, or give a number",
        ]);
        Problems(() => Samples.Of([[1], [2], [3]], [65535, 65536, int.MaxValue])).ShouldBe([
            "sample 1 is of class 65536; give numbers below 65536",
            "sample 2 is of class 2147483647; give numbers below 65536",
        ]);
        Problems(() => Two with { ClassNames = ["a"] }).ShouldBe(["there are 1 class names for 2 classes; give one for each"]);
        Problems(() => Two with { ClassNames = ["a", "a", "a"] }).ShouldBe(["two classes are called 'a'; give each a name of its own"]);
    }

    [Fact]
    public void What_describes_them_is_checked()
    {
        Problems(() => Samples.Of([], Array.Empty<int>())).ShouldHaveSingleItem().ShouldStartWith("0 features cannot be divided among 0 samples");
        Problems(() => Samples.Of(Array.Empty<float[]>(), Array.Empty<string>())).ShouldHaveSingleItem().ShouldStartWith("there are no samples");
        Problems(() => Two with { Name = "../up" }).ShouldHaveSingleItem().ShouldStartWith("'../up' cannot name samples");
        Problems(() => Two with { Shape = [2, 3] }).ShouldHaveSingleItem().ShouldEndWith("give lengths whose product is 4");
        Problems(() => Two with { FullScale = 0 }).ShouldHaveSingleItem().ShouldBe("the full scale must be more than 0, not 0");
        (Two with { Shape = [2, 2], Name = "squares" }).ToString().ShouldBe("squares: 2 samples of 4 features, 2 classes");
    }

    /// <summary>Labels of the test part are those of the training part by name, whatever their order.</summary>
    [Fact]
    public async Task Test_samples_are_matched_by_the_names_of_classes()
    {
        float[][] rows = [.. Enumerable.Range(0, 60).Select(i => new float[] { i % 3, 1 - (i % 3) })];
        string[] labels = [.. Enumerable.Range(0, 60).Select(i => new[] { "b", "c", "d" }[i % 3])];
        var train = Samples.Of(rows, labels);
        var test = Samples.Of([[2, -1], [2, -1]], ["d", "d"]);
        var options = new TrainingOptions { Batch = 20, Epochs = 60 };

        var trained = await Trainer.TrainAsync(options, new TrainingData(train, test));
        var strange = await Should.ThrowAsync<UsageException>(() => Trainer.TrainAsync(options, new TrainingData(train, Samples.Of([[2]], ["a"]))));

        trained.Result.TestAccuracy.ShouldBe(1);
        trained.Network.Predict([2, -1]).Class.ShouldBe(2);
        strange.Problems.ShouldBe([
            "samples has 1 features a sample, samples has 2; give the same",
            "samples has a class 'a' that is not among b, c, d; give both the same ClassNames",
        ]);
    }

    private static IReadOnlyList<string> Problems(Func<Samples> make) => Should.Throw<UsageException>(() => make()).Problems;
}
