namespace DistNet.Hosting.Tests;

/// <summary>One preset trains at a time: each uses every core.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PresetCollection
{
    public const string Name = "Presets";
}
