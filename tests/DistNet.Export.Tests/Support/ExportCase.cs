using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Export.Tests;

/// <summary>A small run whose network is exported.</summary>
public sealed record ExportCase(string Name, TrainingOptions Options)
{
    private static readonly TrainingOptions Small = new() { Data = "iris", Scale = ScalingKind.Standard, Hidden = [7, 5], Steps = 30, Epochs = null, Batch = 16, LearningRate = 0.02f, ClipNorm = 1 };

    /// <summary>Each activation with each loss, and what else changes the graph: one output, no scaling, no bias, dropout, an output activation.</summary>
    public static IReadOnlyList<ExportCase> All { get; } =
    [
        .. from activation in Enum.GetValues<Activation>()
           from loss in Enum.GetValues<LossKind>()
           select new ExportCase($"{activation} {loss}", Small with { Activation = activation, Loss = loss }),
        .. from loss in Enum.GetValues<LossKind>()
           select new ExportCase($"two classes {loss}", Small with { Data = "breast-cancer", Loss = loss }),
        .. from activation in Enum.GetValues<Activation>().Skip(1)
           select new ExportCase($"output {activation}", Small with { OutputActivation = activation, Loss = LossKind.SquaredError }),

        // Larger inputs, at which two forms of an activation differ more.
        .. from activation in Enum.GetValues<Activation>()
           select new ExportCase($"unscaled {activation}", Small with { Scale = ScalingKind.None, Activation = activation }),
        new("pictures", Small with { Data = "digits", Scale = ScalingKind.Unit, Hidden = [32], Batch = 64 }),
        new("columns to 0..1", Small with { Data = "breast-cancer", Scale = ScalingKind.Unit }),
        new("no hidden layer", Small with { Hidden = [] }),
        new("no bias", Small with { NoBias = true }),
        new("dropout", Small with { Dropout = 0.4f }),
        new("one tanh output", Small with { Data = "moons", OutputActivation = Activation.Tanh, Loss = LossKind.SquaredError }),
    ];

    public override string ToString() => Name;
}
