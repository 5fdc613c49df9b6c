using DistNet.TestKit;

namespace DistNet.Learning.Tests;

public sealed class IdxDataSetTests
{
    [Theory]
    [InlineData(2, 3)]
    [InlineData(2, 2, 3)]
    public void Read_gives_rows_shape_and_classes(params int[] shape)
    {
        var features = shape.Aggregate((a, b) => a * b);
        var data = Read(IdxBytes.Of([2, .. shape], IdxBytes.Counting(2 * features)), IdxBytes.Of([2], [2, 0]));
        data.Info.Shape.ShouldBe(shape);
        data.Info.Features.ShouldBe(features);
        data.Info.FullScale.ShouldBe(255);
        data.Info.ClassNames.ShouldBe(["0", "1", "2"]);
        data.Labels.ShouldBe([2, 0]);
        data.Row(1).ToArray().ShouldBe(Enumerable.Range(features, features).Select(i => (float)i));
    }

    [Fact]
    public void Files_that_do_not_belong_together_are_refused()
    {
        var images = IdxBytes.Of([2, 1, 1], [1, 2]);
        Message(images, IdxBytes.Of([3], [0, 1, 0])).ShouldBe("labels: has 3 labels, but images has 2 images");
        Message(images, images).ShouldBe("labels: has 3 dimensions; labels have 1");
        Message(IdxBytes.Of([2], [0, 1]), IdxBytes.Of([2], [0, 1]))
            .ShouldBe("images: has 1 dimension(s); images have 3 or 4 (count, rows, columns, channels)");
    }

    [Fact]
    public void A_label_out_of_range_is_refused() =>
        Message(IdxBytes.Of([2, 1, 1], [1, 2]), IdxBytes.Of([2], [1, 2]), ["no", "yes"]).ShouldBe("labels: label 2 is 2; expected 0 to 1");

    [Fact]
    public void Unlabelled_images_have_class_zero()
    {
        var data = IdxDataSet.ReadUnlabelled(new MemoryStream(IdxBytes.Of([2, 1, 1], [7, 9])), "images", "x", ["no", "yes"]);
        data.Values.ShouldBe([7, 9]);
        data.Labels.ShouldBe([0, 0]);
    }

    [SkippableTheory]
    [InlineData("mnist")]
    [InlineData("fashion-mnist")]
    [InlineData("cats")]
    public void Named_files_are_what_the_catalogue_says(string name)
    {
        var description = DataCatalog.Find(name)!;
        var train = ReadNamed(description, description.Files!.TrainImages, description.Files.TrainLabels);
        var test = ReadNamed(description, description.Files.TestImages, description.Files.TestLabels);
        (train.Count, test.Count).ShouldBe((description.Samples, description.TestSamples));
        train.Info.Shape.ShouldBe(description.Shape);
        train.Info.Features.ShouldBe(description.Features);
        train.Labels.Distinct().Count().ShouldBe(train.Info.Classes);
        train.Values.Max().ShouldBe(255);
    }

    private static DataSet ReadNamed(DataDescription description, string images, string labels)
    {
        using var pictures = TestData.Open(description.Name, images);
        using var classes = TestData.Open(description.Name, labels);
        return IdxDataSet.Read(pictures, images, classes, labels, description.Name, description.ClassNames);
    }

    private static string Message(byte[] images, byte[] labels, string[]? classNames = null) =>
        Should.Throw<DataFormatException>(() => Read(images, labels, classNames)).Message;

    private static DataSet Read(byte[] images, byte[] labels, string[]? classNames = null) =>
        IdxDataSet.Read(new MemoryStream(images), "images", new MemoryStream(labels), "labels", "x", classNames);
}
