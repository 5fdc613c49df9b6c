using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// Which rows of which batch belong to whom: pure arithmetic on step numbers, so every node knows it without asking.
/// Steps count from 0 over the whole run; an epoch is ceil(samples / batch) steps, its last batch may be short. Lane i of
/// V owns rows floor(i B / V) up to floor((i + 1) B / V) of a batch of B rows; with more lanes than rows some are empty.
/// Which samples the rows are is <see cref="EpochOrder"/>'s business.
/// </summary>
public sealed class BatchSchedule
{
    /// <param name="samples">Training samples, at least 1.</param>
    /// <param name="batchSize">Samples of a global batch, from 1 to <paramref name="samples"/>.</param>
    /// <param name="lanes">Logical workers, at least 1.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="shuffle">Whether each epoch has its own order. One batch of all samples keeps the natural order.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public BatchSchedule(int samples, int batchSize, int lanes, ulong seed, bool shuffle)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batchSize, samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lanes);
        Samples = samples;
        BatchSize = batchSize;
        Lanes = lanes;
        Seed = seed;
        Shuffled = shuffle && batchSize < samples;
    }

    public int Samples { get; }

    public int BatchSize { get; }

    public int Lanes { get; }

    public ulong Seed { get; }

    /// <summary>Whether epochs differ in order.</summary>
    public bool Shuffled { get; }

    /// <summary>Which samples the lanes' rows are.</summary>
    public Sharding Sharding { get; init; }

    public int StepsPerEpoch => ((Samples - 1) / BatchSize) + 1;

    public long Epoch(long step) => step / StepsPerEpoch;

    /// <summary>Place of the step's batch in its epoch, from 0.</summary>
    public int BatchIndex(long step) => (int)(step % StepsPerEpoch);

    /// <summary>Place of the batch's first row in its epoch.</summary>
    public int BatchStart(long step) => BatchIndex(step) * BatchSize;

    public int BatchLength(long step) => Math.Min(BatchSize, Samples - BatchStart(step));

    /// <summary>Samples of all steps before this one; schedules and <see cref="LearningRate"/> count in them.</summary>
    public long SamplesBefore(long step) => (Epoch(step) * Samples) + BatchStart(step);

    /// <summary>The first step before which there are at least so many samples.</summary>
    public long StepAfter(long samples) => (samples / Samples * StepsPerEpoch) + (((samples % Samples) + BatchSize - 1) / BatchSize);

    public RowRange LaneRows(long step, int lane)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lane);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(lane, Lanes);
        var length = BatchLength(step);
        return new RowRange(LaneStart(length, lane), LaneStart(length, lane + 1));
    }

    /// <summary>The rows of all lanes under a node of the summing tree; a node past the last lane has none.</summary>
    public RowRange NodeRows(long step, TreeNode node)
    {
        var length = BatchLength(step);
        return new RowRange(
            LaneStart(length, Math.Min(node.First, Lanes)),
            LaneStart(length, Math.Min(node.End, Lanes)));
    }

    /// <summary>True when the lane has no row of this step's batch.</summary>
    public bool IsEmpty(long step, int lane) => LaneRows(step, lane).IsEmpty;

    private int LaneStart(int length, int lane) => (int)((long)lane * length / Lanes);
}
