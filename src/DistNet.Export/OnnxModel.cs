using DistNet.Export.Onnx;
using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Export;

/// <summary>
/// A trained network as an ONNX model: from a sample's unscaled features to what <c>distnet predict</c> prints. Scaling, layers and what the loss makes of
/// the outputs are nodes; dropout is not there, as in every prediction.
/// </summary>
internal static class OnnxModel
{
    /// <summary>Version of the operators: the first whose Softmax works on one axis.</summary>
    public const long Opset = 13;

    /// <summary>Version of the file format that came with that opset.</summary>
    public const long IrVersion = 7;

    public static ModelProto Of(TrainedNetwork network) => new()
    {
        IrVersion = IrVersion,
        ProducerName = ModelFacts.Producer,
        ProducerVersion = ModelFacts.ProducerVersion,
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } },
        MetadataProps = { ModelFacts.Of(network).Select(fact => new StringStringEntryProto { Key = fact.Key, Value = fact.Value }) },
        Graph = GraphOf(network),
    };

    private static GraphProto GraphOf(TrainedNetwork network)
    {
        var graph = new OnnxGraph("network");
        var x = graph.Input("input", $"features as {network.Model.Data} has them, unscaled", network.Network.Inputs);
        x = OnnxScaling.Add(graph, network.Scaling, x);
        foreach (var slice in network.Layout.Layers)
        {
            x = AddLayer(graph, network, slice, x);
        }

        OnnxOutputs.Add(graph, network, x);
        return graph.Build();
    }

    /// <summary>activation(x W + b), with W [inputs, units] as it lies in the parameters.</summary>
    private static string AddLayer(OnnxGraph graph, TrainedNetwork network, Learning.LayerSlice layer, string x)
    {
        var name = Invariant($"layers.{layer.Layer}");
        var parameters = network.Parameters;
        var weight = graph.Constant($"{name}.weight", parameters.Slice(layer.WeightOffset, layer.WeightLength), layer.Inputs, layer.Units);
        x = layer.HasBias
            ? graph.Add("Gemm", $"{name}.linear", x, weight, graph.Constant($"{name}.bias", parameters.Slice(layer.BiasOffset, layer.BiasLength), layer.Units))
            : graph.Add("Gemm", $"{name}.linear", x, weight);
        return OnnxActivations.Add(graph, network.Network.Layers[layer.Layer].Activation, name, x);
    }
}
