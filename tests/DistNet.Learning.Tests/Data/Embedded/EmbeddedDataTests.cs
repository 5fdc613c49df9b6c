namespace DistNet.Learning.Tests;

public sealed class EmbeddedDataTests
{
    [Fact]
    public void Digits_are_all_there()
    {
        var data = EmbeddedData.Digits();
        Counts(data).ShouldBe([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
        data.Info.FullScale.ShouldBe(16);
        (data.Values.Min(), data.Values.Max()).ShouldBe((0, 16));
        data.Row(0)[..8].ToArray().ShouldBe([0, 0, 5, 13, 9, 1, 0, 0]);
    }

    [Fact]
    public void Breast_cancer_is_all_there()
    {
        var data = EmbeddedData.BreastCancer();
        Counts(data).ShouldBe([212, 357]);
        (data.Values.Min(), data.Values.Max()).ShouldBe((0, 4254));
        data.Row(0)[..3].ToArray().ShouldBe([17.99f, 10.38f, 122.8f]);
    }

    [Fact]
    public void Iris_is_all_there()
    {
        var data = EmbeddedData.Iris();
        Counts(data).ShouldBe([50, 50, 50]);
        (data.Values.Min(), data.Values.Max()).ShouldBe((0.1f, 7.9f));
    }

    private static int[] Counts(DataSet data) =>
        [.. data.Labels.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value)];
}
