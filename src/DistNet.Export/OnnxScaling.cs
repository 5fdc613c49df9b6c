using DistNet.Learning;

namespace DistNet.Export;

/// <summary>Scaling as nodes: (x - offset) * factor in double, rounded once, so that the first layer sees the bits that training saw.</summary>
internal static class OnnxScaling
{
    public static string Add(OnnxGraph graph, Scaling scaling, string x)
    {
        if (scaling.Kind == ScalingKind.None)
        {
            return x;
        }

        var offsets = graph.Constant("scaling.offsets", [.. scaling.Offsets], scaling.Offsets.Count);
        var factors = graph.Constant("scaling.factors", [.. scaling.Factors], scaling.Factors.Count);
        var wide = graph.Add("Cast", "scaling.wide", [OnnxGraph.Whole("to", (long)Onnx.TensorProto.Types.DataType.Double)], x);
        var shifted = graph.Add("Sub", "scaling.shifted", wide, offsets);
        var scaled = graph.Add("Mul", "scaling.scaled", shifted, factors);
        return graph.Add("Cast", "scaling.rounded", [OnnxGraph.Whole("to", (long)Onnx.TensorProto.Types.DataType.Float)], scaled);
    }
}
