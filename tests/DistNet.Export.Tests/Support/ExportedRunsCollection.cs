namespace DistNet.Export.Tests;

/// <summary>Tests of every case share the runs.</summary>
[CollectionDefinition(Name)]
public sealed class ExportedRunsCollection : ICollectionFixture<ExportedRuns>
{
    public const string Name = "exported runs";

    public static TheoryData<string> Cases => [.. ExportCase.All.Select(of => of.Name)];
}
