using DistNet.Hosting;
using DistNet.Learning;
using static DistNet.Export.Onnx.TensorProto.Types;

namespace DistNet.Export;

/// <summary>
/// What the graph gives: "probabilities" (under squared error "values") [batch, classes] and "label" [batch], the index of the class. Labels come from the
/// last layer's output and not from the probabilities, which may be equal where rounding has made them 1.
/// </summary>
internal static class OnnxOutputs
{
    private const string Label = "label";

    public static void Add(OnnxGraph graph, TrainedNetwork network, string x)
    {
        var loss = network.Network.Loss.Kind;
        var name = loss == LossKind.SquaredError ? "values" : "probabilities";
        var classes = network.Model.ClassNames.Count;
        if (network.Network.Outputs == 1)
        {
            AddPair(graph, loss, name, x);
        }
        else
        {
            AddMany(graph, loss, name, x);
        }

        graph.Output(name, $"one for each class, in the order of the metadata's 'classes'", DataType.Float, classes);
        graph.Output(Label, "index of the predicted class", DataType.Int64);
    }

    /// <summary>One output y stands for the second of two classes: [1 - y, y].</summary>
    private static void AddPair(OnnxGraph graph, LossKind loss, string name, string x)
    {
        var threshold = graph.Number("threshold", loss == LossKind.SquaredError ? 0.5f : 0);
        var second = loss == LossKind.SquaredError ? x : graph.Add("Sigmoid", "second", x);
        var first = graph.Add("Sub", "first", graph.Number("one", 1), second);
        graph.Add("Concat", name, [OnnxGraph.Whole("axis", 1)], first, second);
        var isSecond = graph.Add("Greater", "is-second", x, threshold);
        var column = graph.Add("Cast", "label-column", [OnnxGraph.Whole("to", (long)DataType.Int64)], isSecond);
        graph.Add("Squeeze", Label, column, graph.Constant("label-axis", [1L], 1));
    }

    private static void AddMany(OnnxGraph graph, LossKind loss, string name, string x)
    {
        _ = loss switch
        {
            LossKind.SoftmaxCrossEntropy => graph.Add("Softmax", name, [OnnxGraph.Whole("axis", 1)], x),
            LossKind.SigmoidCrossEntropy => graph.Add("Sigmoid", name, x),
            _ => graph.Add("Identity", name, x),
        };
        graph.Add("ArgMax", Label, [OnnxGraph.Whole("axis", 1), OnnxGraph.Whole("keepdims", 0)], x);
    }
}
