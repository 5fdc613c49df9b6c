using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>How long each worker had nothing to do, and for whom it waited. Memory grows with workers, not with steps.</summary>
internal sealed class WaitingBook
{
    /// <summary>Other workers kept apart as causes of one worker's waiting; all beyond them count as none in particular.</summary>
    public const int MostCauses = 16;

    private const int Other = -1;

    private readonly SortedDictionary<int, Line> _lines = [];

    /// <summary>A copy.</summary>
    public IReadOnlyList<WorkerWaiting> Summary => [.. _lines.Select(line => line.Value.Summarise(line.Key))];

    public void Add(in UnitObserved unit)
    {
        if (!_lines.TryGetValue(unit.Worker, out var line))
        {
            _lines[unit.Worker] = line = new Line();
        }

        line.Add(unit);
    }

    private sealed class Line
    {
        private readonly Dictionary<int, TimeSpan> _causes = [];
        private long _units;
        private TimeSpan _compute;
        private TimeSpan _wait;
        private TimeSpan _forOthers;

        public void Add(in UnitObserved unit)
        {
            _units++;
            _compute += unit.Compute;
            _wait += unit.Wait;
            if (unit.WaitedFor == Other)
            {
                _forOthers += unit.Wait;
            }
            else if (unit.Wait > TimeSpan.Zero)
            {
                Add(unit.WaitedFor, unit.Wait);
            }
        }

        public WorkerWaiting Summarise(int worker)
        {
            var causes = _causes.Select(cause => new WaitCause(cause.Key, cause.Value));
            var all = (_forOthers > TimeSpan.Zero ? causes.Append(new WaitCause(Other, _forOthers)) : causes).ToArray();
            Array.Sort(all, static (one, other) =>
                one.Time != other.Time ? other.Time.CompareTo(one.Time) : one.Worker.CompareTo(other.Worker));
            return new WorkerWaiting(worker, _units, _compute, _wait, all);
        }

        private void Add(int cause, TimeSpan wait)
        {
            if (!_causes.ContainsKey(cause) && _causes.Count == MostCauses)
            {
                MergeShortest();
            }

            _causes[cause] = _causes.GetValueOrDefault(cause) + wait;
        }

        /// <summary>The shortest gives way to a new one, which may become the longest.</summary>
        private void MergeShortest()
        {
            var shortest = _causes.MinBy(static cause => (cause.Value, cause.Key));
            _causes.Remove(shortest.Key);
            _forOthers += shortest.Value;
        }
    }
}
