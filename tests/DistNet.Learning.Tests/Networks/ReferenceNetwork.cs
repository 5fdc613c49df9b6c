namespace DistNet.Learning.Tests;

/// <summary>
/// The network once more, sample by sample in double and with textbook formulas: the judge of forward values, and by central
/// differences of gradients. Shares no code with the shipped one but the spec and the layout.
/// </summary>
internal sealed class ReferenceNetwork(NetworkSpec spec, ParameterLayout layout)
{
    /// <summary>Factor on each unit of each layer's output; null without dropout.</summary>
    public Func<int, int, double>? Mask { get; init; }

    public double[] Outputs(double[] parameters, double[] features)
    {
        var x = features;
        foreach (var layer in layout.Layers)
        {
            x = Layer(layer, parameters, x);
        }

        return x;
    }

    public double Loss(double[] parameters, double[] features, int label)
    {
        var outputs = Outputs(parameters, features);
        double Target(int i) => outputs.Length == 1 ? label : i == label ? 1 : 0;
        return spec.Loss.Kind switch
        {
            LossKind.SoftmaxCrossEntropy => Math.Log(outputs.Sum(x => Math.Exp(x - outputs.Max()))) + outputs.Max() - outputs[label],
            LossKind.SigmoidCrossEntropy => outputs.Select((x, i) => -Math.Log(1 / (1 + Math.Exp(Target(i) == 1 ? -x : x)))).Sum(),
            _ => outputs.Select((x, i) => (x - Target(i)) * (x - Target(i)) / 2).Sum(),
        };
    }

    public double Gradient(double[] parameters, int index, double[] features, int label)
    {
        const double Step = 1e-5;
        var moved = (double[])parameters.Clone();
        moved[index] = parameters[index] + Step;
        var above = Loss(moved, features, label);
        moved[index] = parameters[index] - Step;
        return (above - Loss(moved, features, label)) / (2 * Step);
    }

    private double[] Layer(LayerSlice layer, double[] parameters, double[] x)
    {
        var y = new double[layer.Units];
        for (var unit = 0; unit < y.Length; unit++)
        {
            var sum = layer.HasBias ? parameters[layer.BiasOffset + unit] : 0;
            for (var i = 0; i < x.Length; i++)
            {
                sum += x[i] * parameters[layer.WeightOffset + (i * layer.Units) + unit];
            }

            y[unit] = Activate(spec.Layers[layer.Layer].Activation, sum) * (Mask?.Invoke(layer.Layer, unit) ?? 1);
        }

        return y;
    }

    private static double Activate(Activation activation, double x) => activation switch
    {
        Activation.Identity => x,
        Activation.Sigmoid => 1 / (1 + Math.Exp(-x)),
        Activation.Tanh => Math.Tanh(x),
        Activation.Relu => Math.Max(x, 0),
        Activation.LeakyRelu => x > 0 ? x : 0.01 * x,
        Activation.Elu => x > 0 ? x : Math.Exp(x) - 1,
        Activation.Selu => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543773 * (Math.Exp(x) - 1)),
        Activation.Softplus => Math.Log(1 + Math.Exp(x)),
        Activation.Gelu => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };
}
