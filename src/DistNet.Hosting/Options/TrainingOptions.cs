using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>
/// A training run as it was asked for: all options of <c>distnet train</c>, with their defaults. Immutable. What a
/// value may be is <see cref="TrainingOptionsValidator"/>'s matter; what the data makes of it, the session's.
/// </summary>
public sealed record TrainingOptions
{
    /// <summary>Batch size that stands for the whole training part.</summary>
    public const int FullBatch = 0;

    /// <summary>The preset whose settings were the starting point; null: none.</summary>
    public string? Preset { get; init; }

    /// <summary>digits, breast-cancer, iris, idx:DIR, csv:FILE, or the name of a generator.</summary>
    public string Data { get; init; } = "digits";

    /// <summary>Part of the samples held back for testing, in [0, 1). Data that comes split ignores it.</summary>
    public double TestFraction { get; init; } = 0.2;

    /// <summary>How features are scaled; fitted on the training part only.</summary>
    public ScalingKind Scale { get; init; } = ScalingKind.Unit;

    /// <summary>Widths of the hidden layers from input to output; empty: one linear layer.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [64];

    /// <summary>Activation of the hidden layers.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Activation of the output layer; the cross-entropies bring their own and need identity here.</summary>
    public Activation OutputActivation { get; init; } = Activation.Identity;

    public LossKind Loss { get; init; } = LossKind.SoftmaxCrossEntropy;

    public Reduction Reduction { get; init; } = Reduction.Mean;

    public InitializerKind Init { get; init; } = InitializerKind.He;

    /// <summary>Layers without bias.</summary>
    public bool NoBias { get; init; }

    /// <summary>Probability in [0, 1) with which a hidden unit is left out while training.</summary>
    public float Dropout { get; init; }

    public float L2 { get; init; }

    public float L1 { get; init; }

    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Momentum;

    public double Momentum { get; init; } = 0.9;

    public double Beta1 { get; init; } = 0.9;

    public double Beta2 { get; init; } = 0.999;

    public double Epsilon { get; init; } = 1e-8;

    public float LearningRate { get; init; } = 0.1f;

    public ScheduleKind Schedule { get; init; } = ScheduleKind.Constant;

    /// <summary>Part of the run, in [0, 1), in which the rate climbs linearly from 0.</summary>
    public float Warmup { get; init; }

    /// <summary>Samples in a global batch; <see cref="FullBatch"/>: all of them.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Passes over the training part; null when <see cref="Steps"/> says how long.</summary>
    public int? Epochs { get; init; } = 30;

    /// <summary>Updates; null when <see cref="Epochs"/> says how long.</summary>
    public long? Steps { get; init; }

    public int Workers { get; init; } = 2;

    public int Servers { get; init; } = 1;

    /// <summary>Logical workers; null: as many as workers. Part of the run's identity.</summary>
    public int? Lanes { get; init; }

    /// <summary>Which samples a lane draws. Part of the run's identity.</summary>
    public Sharding Sharding { get; init; } = Sharding.Iid;

    /// <summary>Each element of the mean gradient is clipped to [-value, value]; null: not clipped.</summary>
    public float? ClipValue { get; init; }

    /// <summary>The mean gradient is clipped to this Euclidean norm; null: not clipped.</summary>
    public float? ClipNorm { get; init; }

    /// <summary>Steps between checkpoints; null: by the clock, every 5 s.</summary>
    public long? CheckpointEvery { get; init; }

    /// <summary>The update rule, as <see cref="Actors.UpdateRules"/> names it, or several one after the other: <c>bsp@500,asp</c>.</summary>
    public string Mode { get; init; } = "bsp";

    /// <summary>What is done to gradients that come late, as <see cref="Actors.CorrectionSpec"/> names it.</summary>
    public string Correction { get; init; } = "none";

    public ulong Seed { get; init; } = 1;

    /// <summary>The run folder; null: runs/ followed by time and name.</summary>
    public string? Out { get; init; }

    /// <summary>The run folder to go on with; null: a new run.</summary>
    public string? Resume { get; init; }

    /// <summary>The configuration file these options were read from; null: none.</summary>
    public string? ConfigFile { get; init; }

    public OutputFormat Format { get; init; } = OutputFormat.Text;

    /// <summary>CSV: name or index (from 0) of the label's column; null: the last one.</summary>
    public string? Label { get; init; }

    /// <summary>CSV: whether the first line is a header; null: it is when one of its cells is not a number.</summary>
    public bool? Header { get; init; }

    /// <summary>Generators: number of samples; null: the generator's own.</summary>
    public int? Samples { get; init; }

    /// <summary>Generators: standard deviation of the noise; null: the generator's own.</summary>
    public float? Noise { get; init; }

    /// <summary>Compute threads of this process; null: one for each core. Changes no result under bsp.</summary>
    public int? Threads { get; init; }

    /// <summary>Epochs between evaluations on the test part, which are also the ones reported line by line.</summary>
    public int EvalEvery { get; init; } = 1;

    /// <summary>The run ends when an evaluation reaches this test accuracy, in (0, 1]; null: it does not.</summary>
    public double? TargetAccuracy { get; init; }

    /// <summary>The loss history holds each step's loss instead of each epoch's.</summary>
    public bool RecordSteps { get; init; }

    /// <summary>Print the effective configuration and end.</summary>
    public bool PrintConfig { get; init; }

    /// <summary>Print no progress.</summary>
    public bool Quiet { get; init; }

    /// <summary>Make no report.html at the end.</summary>
    public bool NoReport { get; init; }

    /// <summary>Lanes with the default filled in.</summary>
    public int LaneCount => Lanes ?? Workers;

    public OptimizerSpec OptimizerSpec => new(Optimizer, Momentum, Beta1, Beta2, Epsilon);

    public PenaltySpec PenaltySpec => new(L2, L1);

    public ClippingSpec ClippingSpec => new(ClipValue, ClipNorm);

    public LearningRateSpec LearningRateSpec => new(LearningRate, Schedule, Warmup);

    /// <summary>Equal when every option is, the hidden widths one by one.</summary>
    public bool Equals(TrainingOptions? other) =>
        other is not null && OptionTable.Entries.All(entry => entry.TextIn(this) == entry.TextIn(other));

    public override int GetHashCode() => HashCode.Combine(Preset, Data, Seed, LearningRate, Hidden.Count);
}
