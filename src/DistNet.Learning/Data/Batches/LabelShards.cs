using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// <see cref="Sharding.ByLabel"/>: each lane has a run of the samples sorted by label, as long as the rows it has in an epoch, and goes through it once an epoch
/// in an order drawn from (seed, epoch, lane). For one thread; 8 bytes a sample.
/// </summary>
internal sealed class LabelShards
{
    private readonly BatchSchedule _schedule;
    private readonly int[] _byLabel;
    private readonly int[] _dealt;
    private readonly int[] _first;
    private readonly int[] _next;

    /// <param name="schedule">The run's.</param>
    /// <param name="labels">The class of each sample.</param>
    public LabelShards(BatchSchedule schedule, int[] labels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, schedule.Samples, nameof(labels));
        _schedule = schedule;
        // OrderBy is stable: samples of one class keep their order.
        _byLabel = [.. Enumerable.Range(0, labels.Length).OrderBy(sample => labels[sample])];
        _dealt = new int[labels.Length];
        _first = new int[schedule.Lanes + 1];
        _next = new int[schedule.Lanes];
        Measure();
    }

    /// <summary>Writes the epoch's samples, row by row.</summary>
    public void Fill(long epoch, Span<int> order)
    {
        _byLabel.CopyTo(_dealt, 0);
        for (var lane = 0; lane < _next.Length && _schedule.Shuffled; lane++)
        {
            // The third number keeps lanes apart from each other and from the order of all, whose number is 0.
            var luck = Luck.Key(_schedule.Seed, LuckPurpose.Shuffle, (uint)epoch, (uint)(epoch >> 32), (uint)lane + 1);
            luck.Shuffle(_dealt.AsSpan(_first[lane].._first[lane + 1]));
        }

        Array.Copy(_first, _next, _next.Length);
        for (var step = 0; step < _schedule.StepsPerEpoch; step++)
        {
            Deal(step, order[_schedule.BatchStart(step)..]);
        }
    }

    private void Deal(int step, Span<int> batch)
    {
        for (var lane = 0; lane < _next.Length; lane++)
        {
            var rows = _schedule.LaneRows(step, lane);
            _dealt.AsSpan(_next[lane], rows.Count).CopyTo(batch[rows.First..]);
            _next[lane] += rows.Count;
        }
    }

    /// <summary>Where each lane's run begins: lanes do not have quite as many rows, because batches need not divide.</summary>
    private void Measure()
    {
        for (var lane = 0; lane < _next.Length; lane++)
        {
            var rows = Enumerable.Range(0, _schedule.StepsPerEpoch).Sum(step => _schedule.LaneRows(step, lane).Count);
            _first[lane + 1] = _first[lane] + rows;
        }
    }
}
