using System.Diagnostics;
using DistNet.Learning;

namespace DistNet.Export;

/// <summary>Each <see cref="Activation"/> as nodes, with the constants of its definition there written out.</summary>
internal static class OnnxActivations
{
    public static string Add(OnnxGraph graph, Activation activation, string layer, string x) => activation switch
    {
        Activation.Identity => x,
        Activation.Sigmoid => graph.Add("Sigmoid", $"{layer}.sigmoid", x),
        Activation.Tanh => graph.Add("Tanh", $"{layer}.tanh", x),
        Activation.Relu => graph.Add("Relu", $"{layer}.relu", x),
        Activation.LeakyRelu => graph.Add("LeakyRelu", $"{layer}.leaky-relu", [OnnxGraph.Real("alpha", 0.01f)], x),
        Activation.Elu => graph.Add("Elu", $"{layer}.elu", [OnnxGraph.Real("alpha", 1)], x),
        Activation.Selu => graph.Add("Selu", $"{layer}.selu", [OnnxGraph.Real("alpha", 1.6732632423543773f), OnnxGraph.Real("gamma", 1.0507009873554805f)], x),
        Activation.Softplus => graph.Add("Softplus", $"{layer}.softplus", x),
        Activation.Gelu => AddGelu(graph, $"{layer}.gelu", x),
        _ => throw new UnreachableException(),
    };

    /// <summary>
    /// The tanh form, as x s(2 sqrt(2 / pi) (x + 0.044715 x^3)) with the sigmoid s: this opset has no operator for it.
    /// </summary>
    private static string AddGelu(OnnxGraph graph, string name, string x)
    {
        var square = graph.Add("Mul", $"{name}.square", x, x);
        var cube = graph.Add("Mul", $"{name}.cube", square, x);
        var bent = graph.Add("Mul", $"{name}.bent", cube, graph.Number($"{name}.cubic", 0.044715f));
        var inner = graph.Add("Add", $"{name}.inner", x, bent);
        var twice = graph.Add("Mul", $"{name}.twice", inner, graph.Number($"{name}.root", 2 * 0.7978845608028654f));
        var gate = graph.Add("Sigmoid", $"{name}.gate", twice);
        return graph.Add("Mul", name, x, gate);
    }
}
