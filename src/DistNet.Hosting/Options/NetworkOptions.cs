using DistNet.Learning;
using static DistNet.Hosting.OptionTypes;

namespace DistNet.Hosting;

internal static class NetworkOptions
{
    private static readonly OptionType<Activation> ActivationType = Choice(
        ("identity", Activation.Identity),
        ("sigmoid", Activation.Sigmoid),
        ("tanh", Activation.Tanh),
        ("relu", Activation.Relu),
        ("leaky-relu", Activation.LeakyRelu),
        ("elu", Activation.Elu),
        ("selu", Activation.Selu),
        ("softplus", Activation.Softplus),
        ("gelu", Activation.Gelu));

    private static readonly OptionType<LossKind> LossType = Choice(
        ("softmax", LossKind.SoftmaxCrossEntropy),
        ("sigmoid", LossKind.SigmoidCrossEntropy),
        ("squared", LossKind.SquaredError),
        ("softmax-cross-entropy", LossKind.SoftmaxCrossEntropy),
        ("sigmoid-cross-entropy", LossKind.SigmoidCrossEntropy),
        ("squared-error", LossKind.SquaredError));

    private static readonly OptionType<Reduction> ReductionType = Choice(("mean", Reduction.Mean), ("sum", Reduction.Sum));

    private static readonly OptionType<InitializerKind> InitializerType = Choice(
        ("zeros", InitializerKind.Zeros),
        ("uniform", InitializerKind.Uniform),
        ("normal", InitializerKind.Normal),
        ("xavier", InitializerKind.Xavier),
        ("he", InitializerKind.He),
        ("lecun", InitializerKind.LeCun),
        ("ones", InitializerKind.Ones));

    public static IEnumerable<OptionEntry> Entries =>
    [
        OptionEntry.Of("hidden", Widths, "Widths of the hidden layers, or none", o => o.Hidden, (o, v) => o with { Hidden = v }),
        OptionEntry.Of("activation", ActivationType, "Activation of the hidden layers", o => o.Activation, (o, v) => o with { Activation = v }),
        OptionEntry.Of("output-activation", ActivationType, "Activation of the output layer under squared error", o => o.OutputActivation, (o, v) => o with { OutputActivation = v }),
        OptionEntry.Of("loss", LossType, "Loss; softmax and sigmoid go with cross-entropy", o => o.Loss, (o, v) => o with { Loss = v }),
        OptionEntry.Of("reduction", ReductionType, "Loss and gradient of a batch, over its samples", o => o.Reduction, (o, v) => o with { Reduction = v }),
        OptionEntry.Of("init", InitializerType, "How weights start; biases start at 0", o => o.Init, (o, v) => o with { Init = v }),
        OptionEntry.Of("init-from", Text.OrNone().As("FILE"), "Start from the weights in a safetensors file instead: a checkpoint, an export, or a saved nn.Sequential", o => o.InitFrom, (o, v) => o with { InitFrom = v }),
        OptionEntry.Of("init-sha256", Text.OrNone().As("HEX"), "SHA-256 that those weights must have; every run records it", o => o.InitSha256, (o, v) => o with { InitSha256 = v }),
        OptionEntry.Of("no-bias", Flag, "Layers without bias", o => o.NoBias, (o, v) => o with { NoBias = v }),
        OptionEntry.Of("dropout", OptionTypes.Single.As("P"), "Probability of leaving a hidden unit out, in [0, 1)", o => o.Dropout, (o, v) => o with { Dropout = v }),
        OptionEntry.Of("l2", OptionTypes.Single, "Penalty: half of this times the sum of squared weights", o => o.L2, (o, v) => o with { L2 = v }),
        OptionEntry.Of("l1", OptionTypes.Single, "Penalty: this times the sum of absolute weights", o => o.L1, (o, v) => o with { L1 = v }),
    ];
}
