using System.Text.Json;
using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Export;

/// <summary>What every exported file says of its network besides the numbers, sorted by name. Nothing that depends on when or where it was written.</summary>
internal static class ModelFacts
{
    public const string Producer = "DistNet";

    public static string ProducerVersion { get; } = typeof(ModelFacts).Assembly.GetName().Version!.ToString(3);

    public static SortedDictionary<string, string> Of(TrainedNetwork network) => new(StringComparer.Ordinal)
    {
        ["classes"] = JsonSerializer.Serialize(network.Model.ClassNames),
        ["data"] = network.Model.Data,
        ["dataSha256"] = network.Model.DataSha256,
        ["network"] = NetworkBuilder.Describe(network.Options, network.Network),
        ["producer"] = $"{Producer} {ProducerVersion}",
        ["sampleShape"] = JsonSerializer.Serialize(network.Model.Shape),
        ["updates"] = Invariant($"{network.Version}"),
        ["weightsSha256"] = WeightsHash.Of(network.Layout, network.Parameters),
    };
}
