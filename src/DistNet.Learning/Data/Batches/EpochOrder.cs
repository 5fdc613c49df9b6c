using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// The samples behind a schedule's rows. Each epoch's order is a permutation drawn from (seed, epoch) alone, or one that leaves each lane
/// its own part of the data (<see cref="Sharding.ByLabel"/>). The one in use is kept, so steps of one epoch should be asked for together. For one
/// thread; 4 bytes a sample.
/// </summary>
public sealed class EpochOrder
{
    private readonly BatchSchedule _schedule;
    private readonly int[] _samples;
    private readonly LabelShards? _shards;
    private long _epoch = -1;

    /// <param name="schedule">The run's.</param>
    /// <param name="labels">The class of each sample; needed for shards by label only.</param>
    /// <exception cref="ArgumentNullException">The lanes' shards are by label, and there are no labels.</exception>
    public EpochOrder(BatchSchedule schedule, int[]? labels = null)
    {
        if (schedule.Sharding == Sharding.ByLabel)
        {
            ArgumentNullException.ThrowIfNull(labels);
            _shards = new LabelShards(schedule, labels);
        }

        _schedule = schedule;
        _samples = new int[schedule.Samples];
        SetNaturalOrder();
    }

    /// <summary>The samples in rows <paramref name="first"/> up to <paramref name="end"/> (exclusive) of a step's batch.</summary>
    /// <returns>Memory of this object, good until a step of another epoch is asked for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch has no such rows.</exception>
    public ReadOnlySpan<int> Rows(long step, int first, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, _schedule.BatchLength(step));
        if (_schedule.Shuffled || _shards is not null)
        {
            MoveTo(_schedule.Epoch(step));
        }

        return _samples.AsSpan(_schedule.BatchStart(step), end)[first..];
    }

    private void MoveTo(long epoch)
    {
        if (epoch == _epoch)
        {
            return;
        }

        if (_shards is null)
        {
            SetNaturalOrder();
            Luck.Key(_schedule.Seed, LuckPurpose.Shuffle, (uint)epoch, (uint)(epoch >> 32)).Shuffle(_samples);
        }
        else
        {
            _shards.Fill(epoch, _samples);
        }

        _epoch = epoch;
    }

    private void SetNaturalOrder()
    {
        for (var i = 0; i < _samples.Length; i++)
        {
            _samples[i] = i;
        }
    }
}
