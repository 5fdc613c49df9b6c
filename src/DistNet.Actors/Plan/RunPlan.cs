using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Everything the actors of a run agree on before it begins. Immutable; a run's identity. What it does not say: who is there, where
/// the data lies, how fast anything is.
/// </summary>
public sealed record RunPlan
{
    /// <summary>Samples in a chunk of the test part.</summary>
    public const int EvaluationChunkLength = 256;

    /// <summary>First steps of a run that say nothing of its speed: programs are compiled, caches are cold.</summary>
    public const int WarmupSteps = 50;

    public RunPlan(NetworkSpec network, BatchSchedule schedule, int lanes, int servers)
    {
        Network = network;
        Schedule = schedule;
        Lanes = lanes;
        Layout = new ParameterLayout(network);
        Map = new PartitionMap(Layout, servers);
        Tree = new SummationTree(lanes);
    }

    public NetworkSpec Network { get; }

    public ParameterLayout Layout { get; }

    public PartitionMap Map { get; }

    /// <summary>Which rows of the training part form which batch and which lane's shard.</summary>
    public BatchSchedule Schedule { get; }

    /// <summary>V: logical workers.</summary>
    public int Lanes { get; }

    /// <summary>The tree over lanes in which gradients and losses are added.</summary>
    public SummationTree Tree { get; }

    /// <summary>The update rule, or one after the other.</summary>
    public RuleSchedule Rules { get; init; } = new(new BulkSynchronousRule());

    /// <summary>What is done to gradients that come late.</summary>
    public CorrectionSpec Correction { get; init; } = CorrectionSpec.None;

    public ulong Seed { get; init; }

    public InitializerKind Initializer { get; init; }

    /// <summary>
    /// The parameters of version 0, as the layout has them, without padding; null: they are made of <see cref="Initializer"/> and <see cref="Seed"/>. Servers need
    /// them; nobody else looks.
    /// </summary>
    public ReadOnlyMemory<float>? InitialParameters { get; init; }

    public OptimizerSpec Optimizer { get; init; } = new(OptimizerKind.Sgd);

    public LearningRateSpec LearningRate { get; init; } = new(0.1f);

    public PenaltySpec Penalty { get; init; } = PenaltySpec.None;

    public ClippingSpec Clipping { get; init; } = ClippingSpec.None;

    /// <summary>Passes over the training part; used when <see cref="Steps"/> is null.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Updates in all; null: as many as the epochs need.</summary>
    public long? Steps { get; init; }

    /// <summary>The version at which a run ends that is repeated; null: where epochs or steps say.</summary>
    public long? StoppedAt { get; init; }

    /// <summary>Where each rule began in a run that is repeated; null: where lanes are then.</summary>
    public IReadOnlyList<RulePhase>? PhaseStarts { get; init; }

    /// <summary>The version that is the end, where one is.</summary>
    public long? EndVersion => StoppedAt ?? Steps;

    /// <summary>Samples of the test part; 0: nothing is evaluated.</summary>
    public int TestSamples { get; init; }

    /// <summary>Evaluate after every this many epochs, and at the end.</summary>
    public int EvaluateEvery { get; init; } = 1;

    public CutPolicy Cuts { get; init; } = CutPolicy.Never;

    /// <summary>
    /// What must outlive its node is kept on others too: the record on every server, each partition's cut on the coordinator's node. Not
    /// where all actors share one process, and so one fate.
    /// </summary>
    public bool Replicates { get; init; }

    /// <summary>
    /// Barrier rules: the lanes of a worker that is late are computed by another too. Not where all workers share one process: what holds
    /// one of them up is the others, and more work would not help.
    /// </summary>
    public bool HelpsLateWorkers { get; init; }

    /// <summary>
    /// The run fails when it has had to do without a server that it needs, or without any worker, for so long; null: it waits for ever.
    /// </summary>
    public TimeSpan? GiveUpAfter { get; init; }

    /// <summary>End the run at the first evaluation that reaches this; null: never.</summary>
    public double? TargetAccuracy { get; init; }

    /// <summary>The sequencer's decisions are logged, so that the run can be repeated bit for bit. Under a barrier rule there are none to log.</summary>
    public bool Records { get; init; }

    /// <summary>Keep the loss of every step, not only of every epoch.</summary>
    public bool RecordSteps { get; init; }

    /// <summary>
    /// Parameters in the longest chunk that a server updates within its turn; longer ones are work of their own, so that messages do not
    /// wait behind them and several threads can share them. Changes no bit.
    /// </summary>
    public int InlineUpdateLength { get; init; } = 8 * 1024;

    /// <summary>What servers keep for each weight besides its value: the optimiser's slots, then the correction's.</summary>
    public IReadOnlyList<string> SlotNames
    {
        get
        {
            var names = Learning.Optimizer.Create(Optimizer).SlotNames;
            return Correction.Kind == CorrectionKind.DelayAdaptive ? [.. names, "gradient_square"] : names;
        }
    }

    public bool IsBarrier(RulePhase phase) => Rules[phase.Number] is BarrierRule;

    /// <summary>Whether the norm of an update's gradient is clipped; elastic differences are no gradients.</summary>
    public bool ClipsNorm(RulePhase phase) => Clipping.Norm is not null && Rules[phase.Number].LaneWeights != LaneWeightsKind.Elastic;

    /// <summary>Global batches that a lane's stream has; with <see cref="Steps"/> it has no end.</summary>
    public long TotalBatches => Steps is null ? (long)Epochs * Schedule.StepsPerEpoch : long.MaxValue;

    /// <summary>Samples in all; null where units are chosen as lanes come free, so that it is known only as they are dispatched.</summary>
    public long? PlannedSamples => Steps is not { } steps ? (long)Epochs * Schedule.Samples
        : Rules is { Count: 1 } && Rules[0] is BarrierRule rule ? Schedule.SamplesBefore(steps * rule.StepsPerUpdate)
        : null;

    /// <summary>What learning-rate schedules count as the whole run.</summary>
    public long ScheduleSamples => PlannedSamples ?? Math.Max(1, RunLength.ScheduledSamples(this));

    /// <summary>What a gradient summed over so many samples is divided by before it is applied.</summary>
    public int DivisorOf(int samples) => Network.Loss.Reduction == Reduction.Sum ? 1 : samples;

    /// <summary>Rows of the batch of a step that the lanes under a node hold.</summary>
    public int SamplesOf(long step, TreeNode node) => Schedule.NodeRows(step, node).Count;

    /// <summary>Rows of the batch of a step that these lanes hold.</summary>
    public int SamplesOf(long step, LaneRange lanes) =>
        lanes.Count == 0 ? 0 : Schedule.LaneRows(step, lanes.End - 1).End - Schedule.LaneRows(step, lanes.First).First;
}

/// <summary>
/// When cuts are taken. <see cref="EverySteps"/>: at every multiple of so many updates (under a sequenced rule: near it). Otherwise as
/// soon as <see cref="AtMostEvery"/> has passed since the last one began, at the next version that fits, and never two at a time. A run
/// that takes cuts takes one at its end.
/// </summary>
public sealed record CutPolicy(bool Enabled, long? EverySteps, TimeSpan AtMostEvery)
{
    public static readonly CutPolicy Never = new(false, null, TimeSpan.Zero);
}
