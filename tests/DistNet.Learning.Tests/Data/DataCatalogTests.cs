namespace DistNet.Learning.Tests;

public sealed class DataCatalogTests
{
    public static TheoryData<string> Creatable =>
        [.. DataCatalog.All.Where(data => data.Origin != DataOrigin.Files).Select(data => data.Name)];

    [Theory]
    [MemberData(nameof(Creatable))]
    public void Create_gives_what_the_description_says(string name)
    {
        var description = DataCatalog.Find(name)!;
        var data = DataCatalog.Create(name, new GeneratorOptions());
        data.Info.Name.ShouldBe(name);
        data.Count.ShouldBe(description.Samples);
        data.Info.Features.ShouldBe(description.Features);
        data.Info.Shape.ShouldBe(description.Shape);
        data.Info.ClassNames.ShouldBe(description.ClassNames);
        data.Labels.Distinct().Order().ShouldBe(Enumerable.Range(0, data.Info.Classes));
        data.Values.ShouldAllBe(value => float.IsFinite(value));
    }

    [Fact]
    public void Names_are_unique() => DataCatalog.All.Select(data => data.Name).ShouldBeUnique();

    [Fact]
    public void An_unknown_name_is_not_found()
    {
        DataCatalog.Find("mnits").ShouldBeNull();
        Should.Throw<ArgumentException>(() => DataCatalog.Create("mnits", new GeneratorOptions()));
    }
}
