using System.Diagnostics;
using System.Text.Json.Nodes;
using DistNet.Learning;

namespace DistNet.Export;

/// <summary>
/// The network as the modules of PyTorch's nn.Sequential, from the input to the last layer's output: each layer's Linear, then its activation (none for
/// identity), then its Dropout (where it has any). Names and arguments are those of torch.nn.
/// </summary>
internal static class SequentialModules
{
    public static IReadOnlyList<JsonObject> Of(NetworkSpec network)
    {
        var modules = new List<JsonObject>();
        var inputs = network.Inputs;
        foreach (var layer in network.Layers)
        {
            modules.AddRange(Of(layer, inputs));
            inputs = layer.Units;
        }

        return modules;
    }

    /// <summary>Where among the modules each layer's Linear stands.</summary>
    public static IEnumerable<int> LinearPlaces(NetworkSpec network) =>
        Of(network).Index().Where(pair => (string)pair.Item["type"]! == "Linear").Select(pair => pair.Index);

    private static IEnumerable<JsonObject> Of(DenseSpec layer, int inputs)
    {
        yield return new JsonObject { ["type"] = "Linear", ["in_features"] = inputs, ["out_features"] = layer.Units, ["bias"] = layer.HasBias };
        if (ActivationOf(layer.Activation) is { } activation)
        {
            yield return activation;
        }

        if (layer.Dropout > 0)
        {
            yield return new JsonObject { ["type"] = "Dropout", ["p"] = layer.Dropout };
        }
    }

    private static JsonObject? ActivationOf(Activation activation) => activation switch
    {
        Activation.Identity => null,
        Activation.Sigmoid => new JsonObject { ["type"] = "Sigmoid" },
        Activation.Tanh => new JsonObject { ["type"] = "Tanh" },
        Activation.Relu => new JsonObject { ["type"] = "ReLU" },
        Activation.LeakyRelu => new JsonObject { ["type"] = "LeakyReLU", ["negative_slope"] = 0.01 },
        Activation.Elu => new JsonObject { ["type"] = "ELU", ["alpha"] = 1.0 },
        Activation.Selu => new JsonObject { ["type"] = "SELU" },
        Activation.Softplus => new JsonObject { ["type"] = "Softplus" },
        Activation.Gelu => new JsonObject { ["type"] = "GELU", ["approximate"] = "tanh" },
        _ => throw new UnreachableException(),
    };
}
