using System.Text.Json.Nodes;
using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Export;

/// <summary>
/// What the metadata of an exported safetensors file hold, so that the file alone is enough to predict: "modules" (the nn.Sequential), "scaling"
/// (x becomes (x - offsets) * factors, in double) and "output" (softmax or sigmoid of the last output, or none), each as JSON.
/// </summary>
internal static class SequentialMetadata
{
    public static SortedDictionary<string, string> Of(TrainedNetwork network)
    {
        var facts = ModelFacts.Of(network);
        facts["format"] = "pt";
        facts["modules"] = new JsonArray([.. SequentialModules.Of(network.Network)]).ToJsonString();
        facts["output"] = OutputOf(network.Network.Loss.Kind);
        facts["scaling"] = ScalingOf(network.Scaling).ToJsonString();
        return facts;
    }

    private static string OutputOf(LossKind loss) => loss switch
    {
        LossKind.SoftmaxCrossEntropy => "softmax",
        LossKind.SigmoidCrossEntropy => "sigmoid",
        _ => "none",
    };

    private static JsonObject ScalingOf(Scaling scaling) => new()
    {
        ["kind"] = scaling.Kind.ToString().ToLowerInvariant(),
        ["offsets"] = Numbers(scaling.Offsets),
        ["factors"] = Numbers(scaling.Factors),
    };

    private static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(value => (JsonNode)value)]);
}
