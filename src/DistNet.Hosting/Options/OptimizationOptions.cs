using DistNet.Learning;
using static DistNet.Hosting.OptionTypes;

namespace DistNet.Hosting;

internal static class OptimizationOptions
{
    private static readonly OptionType<OptimizerKind> OptimizerType = Choice(
        ("sgd", OptimizerKind.Sgd),
        ("momentum", OptimizerKind.Momentum),
        ("nesterov", OptimizerKind.Nesterov),
        ("adagrad", OptimizerKind.Adagrad),
        ("rmsprop", OptimizerKind.RmsProp),
        ("adam", OptimizerKind.Adam),
        ("adamw", OptimizerKind.AdamW));

    private static readonly OptionType<ScheduleKind> ScheduleType = Choice(
        ("constant", ScheduleKind.Constant), ("step", ScheduleKind.Step), ("cosine", ScheduleKind.Cosine));

    public static IEnumerable<OptionEntry> Entries =>
    [
        OptionEntry.Of("optimizer", OptimizerType, "How servers turn a gradient into an update", o => o.Optimizer, (o, v) => o with { Optimizer = v }),
        OptionEntry.Of("lr", OptionTypes.Single.As("RATE"), "Learning rate", o => o.LearningRate, (o, v) => o with { LearningRate = v }) with { Aliases = ["learning-rate"] },
        OptionEntry.Of("schedule", ScheduleType, "Learning rate over the run", o => o.Schedule, (o, v) => o with { Schedule = v }),
        OptionEntry.Of("warmup", OptionTypes.Single.As("FRACTION"), "Part of the run in which the rate climbs from 0, in [0, 1)", o => o.Warmup, (o, v) => o with { Warmup = v }),
        OptionEntry.Of("momentum", OptionTypes.Double, "Momentum and Nesterov: decay of the velocity", o => o.Momentum, (o, v) => o with { Momentum = v }),
        OptionEntry.Of("beta1", OptionTypes.Double, "Adam: decay of the first moment", o => o.Beta1, (o, v) => o with { Beta1 = v }),
        OptionEntry.Of("beta2", OptionTypes.Double, "Adam and RMSProp: decay of the second moment", o => o.Beta2, (o, v) => o with { Beta2 = v }),
        OptionEntry.Of("epsilon", OptionTypes.Double, "Adam, Adagrad and RMSProp: added to the root of the second moment", o => o.Epsilon, (o, v) => o with { Epsilon = v }),
        OptionEntry.Of("batch", Batch, "Samples in a global batch", o => o.Batch, (o, v) => o with { Batch = v }),
        OptionEntry.Of("epochs", Whole.OrNone(), "Length of the run in passes over the data", o => o.Epochs, (o, v) => o with { Epochs = v }) with { MayChangeOnResume = true },
        OptionEntry.Of("steps", Long.OrNone(), "Length of the run in updates, instead of --epochs", o => o.Steps, (o, v) => o with { Steps = v }) with { MayChangeOnResume = true },
        OptionEntry.Of("clip-value", OptionTypes.Single.OrNone(), "Clip each element of the gradient to [-X, X]", o => o.ClipValue, (o, v) => o with { ClipValue = v }),
        OptionEntry.Of("clip-norm", OptionTypes.Single.OrNone(), "Clip the gradient to this Euclidean norm", o => o.ClipNorm, (o, v) => o with { ClipNorm = v }),
    ];
}
