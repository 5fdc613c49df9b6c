using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// What workers did when: of each of the first <see cref="MostWorkers"/> workers its first and its last <see cref="Kept"/> pieces of work, so that memory is
/// bounded however long the run is. Not for several threads.
/// </summary>
public sealed class TimelineRecorder
{
    /// <summary>Pieces of work kept of a worker at either end.</summary>
    public const int Kept = 200;

    /// <summary>Workers that are looked at: those with the lowest numbers.</summary>
    public const int MostWorkers = 64;

    private readonly Worker?[] _workers = new Worker?[MostWorkers];
    private TimeSpan _milestone = TimeSpan.MinValue;

    /// <summary>By worker, in the order of time.</summary>
    public IEnumerable<TimelineSpan> Spans => _workers.OfType<Worker>().SelectMany(worker => SpansOf(worker.Units));

    /// <summary>The run was evaluated or stored: who has waited meanwhile has waited for that.</summary>
    public void OnMilestone(TimeSpan now) => _milestone = now;

    /// <param name="now">When it was done.</param>
    /// <param name="unit">A piece of work.</param>
    public void Add(TimeSpan now, in UnitObserved unit)
    {
        if (unit.Worker < MostWorkers)
        {
            var rested = unit.WaitedFor < 0 && _milestone >= now - unit.Compute - unit.Wait;
            (_workers[unit.Worker] ??= new Worker()).Add(new Unit(unit, now, rested));
        }
    }

    /// <summary>A piece of work is known when it is reported; that a report came late does not let two of a worker overlap.</summary>
    private static IEnumerable<TimelineSpan> SpansOf(IEnumerable<Unit> units)
    {
        var ended = 0.0;
        foreach (var unit in units)
        {
            foreach (var span in SpansOf(unit, ended))
            {
                yield return span;
            }

            ended = unit.Ended.TotalSeconds;
        }
    }

    private static IEnumerable<TimelineSpan> SpansOf(Unit unit, double after)
    {
        var (worker, step) = (unit.Observed.Worker, unit.Observed.Step);
        var began = Math.Max(after, (unit.Ended - unit.Observed.Compute).TotalSeconds);
        var idle = Math.Max(after, began - unit.Observed.Wait.TotalSeconds);
        if (idle < began && !unit.IsFirst)
        {
            yield return unit.Observed.WaitedFor >= 0 ? Waiting(WaitingCause.NameOf(unit.Observed.WaitedFor))
                : unit.HasRested ? Waiting(TimelineSpan.Milestone)
                : new TimelineSpan(worker, step, TimelineKind.Push, "", idle, began);
        }

        yield return new TimelineSpan(worker, step, TimelineKind.Compute, "", began, unit.Ended.TotalSeconds);

        TimelineSpan Waiting(string cause) => new(worker, step, TimelineKind.Wait, cause, idle, began);
    }

    private readonly record struct Unit(UnitObserved Observed, TimeSpan Ended, bool HasRested)
    {
        /// <summary>Before a worker's first work the run was being set up.</summary>
        public bool IsFirst { get; init; }
    }

    private sealed class Worker
    {
        private readonly List<Unit> _first = [];
        private readonly Queue<Unit> _last = new();

        public IEnumerable<Unit> Units => _first.Concat(_last);

        public void Add(in Unit unit)
        {
            if (_first.Count < Kept)
            {
                _first.Add(unit with { IsFirst = _first.Count == 0 });
                return;
            }

            if (_last.Count == Kept)
            {
                _last.Dequeue();
            }

            _last.Enqueue(unit);
        }
    }
}
