using DistNet.Protocol;

namespace DistNet.Reporting;

/// <summary>
/// What each worker has done, and for whom it waited, from its units of work; of the latest units when. Units are told late, and often several together: they
/// lie one after the other, as late as they can, none later than it was told. Not for several threads.
/// </summary>
internal sealed class WorkerBook
{
    /// <summary>Workers beyond are not kept.</summary>
    public const int MostWorkers = 256;

    /// <summary>Latest units kept of each.</summary>
    private const int Kept = 32;

    private readonly List<Entry?> _entries = [];

    /// <param name="time">When it was told, since the run began.</param>
    /// <param name="unit">A piece of work that is done.</param>
    public void Add(TimeSpan time, in UnitObserved unit)
    {
        if (unit.Worker is < 0 or >= MostWorkers)
        {
            return;
        }

        EntryOf(unit.Worker).Add(time, unit);
        if (unit.WaitedFor is >= 0 and < MostWorkers && unit.WaitedFor != unit.Worker)
        {
            EntryOf(unit.WaitedFor).HeldUp += unit.Wait;
        }
    }

    /// <summary>Those that have done something, by number.</summary>
    public IReadOnlyList<WorkerView> View() => [.. _entries.OfType<Entry>().Where(entry => entry.Units > 0).Select(entry => entry.View())];

    private Entry EntryOf(int worker)
    {
        while (_entries.Count <= worker)
        {
            _entries.Add(null);
        }

        return _entries[worker] ??= new Entry(worker);
    }

    private sealed class Entry(int worker)
    {
        private readonly string _name = ActorId.Worker(worker).ToString();
        private readonly ToldUnit[] _latest = new ToldUnit[Kept];
        private long _step;
        private TimeSpan _compute;
        private TimeSpan _exchange;
        private TimeSpan _wait;

        public long Units { get; private set; }

        /// <summary>How long others waited for this one.</summary>
        public TimeSpan HeldUp { get; set; }

        public void Add(TimeSpan time, in UnitObserved unit)
        {
            // Before its first unit the run was being set up.
            var wait = Units == 0 ? TimeSpan.Zero : unit.Wait;
            _latest[Units % Kept] = new ToldUnit(time, wait, unit.Compute, unit.WaitedFor, unit.Samples);
            Units++;
            _step = unit.Step;
            _compute += unit.Compute;
            _exchange += unit.WaitedFor < 0 ? wait : TimeSpan.Zero;
            _wait += unit.WaitedFor < 0 ? TimeSpan.Zero : wait;
        }

        public WorkerView View()
        {
            var first = Math.Max(0, Units - Kept);
            var spans = new WorkSpan[Units - first];
            var next = TimeSpan.MaxValue;
            for (var i = spans.Length - 1; i >= 0; i--)
            {
                spans[i] = _latest[(first + i) % Kept].Before(next);
                next = spans[i].Begin;
            }

            return new WorkerView(_name, Units, _step, _compute, _exchange, _wait, HeldUp, spans);
        }
    }

    private readonly record struct ToldUnit(TimeSpan Told, TimeSpan Wait, TimeSpan Compute, int WaitedFor, int Samples)
    {
        /// <summary>Where it was, as late as it can have been.</summary>
        /// <param name="next">Begin of the one after it.</param>
        public WorkSpan Before(TimeSpan next)
        {
            var end = Told < next ? Told : next;
            return new WorkSpan(end - Compute - Wait, end - Compute, end, WaitedFor, Samples);
        }
    }
}

/// <summary>One worker.</summary>
/// <param name="Name">Such as worker-3.</param>
/// <param name="Units">Pieces of work done.</param>
/// <param name="Step">Of the last of them.</param>
/// <param name="Compute">Time spent on them.</param>
/// <param name="Exchange">Time without anything to do that no other worker was the cause of.</param>
/// <param name="Wait">Time in which it waited for other workers.</param>
/// <param name="HeldUp">How long others waited for it.</param>
/// <param name="Spans">The latest, in order.</param>
internal sealed record WorkerView(
    string Name, long Units, long Step, TimeSpan Compute, TimeSpan Exchange, TimeSpan Wait, TimeSpan HeldUp, IReadOnlyList<WorkSpan> Spans)
{
    /// <summary>Samples a second over the latest pieces of work, waiting included; 0: not known.</summary>
    public double Rate => Spans.Count > 1 && Spans[^1].End - Spans[0].End is { Ticks: > 0 } time
        ? Spans.Skip(1).Sum(span => span.Samples) / time.TotalSeconds
        : 0;

    /// <summary>Of its time, 0 to 1.</summary>
    public double Share(TimeSpan part) => Compute + Exchange + Wait is { Ticks: > 0 } all ? part / all : 0;
}

/// <summary>One piece of work: from <paramref name="Begin"/> the worker waited, from <paramref name="Start"/> it computed.</summary>
/// <param name="Begin">End of its work before.</param>
/// <param name="Start">Start of this.</param>
/// <param name="End">End of this.</param>
/// <param name="WaitedFor">Number of the worker it waited for; -1: none, or it is not known.</param>
/// <param name="Samples">In the work.</param>
internal readonly record struct WorkSpan(TimeSpan Begin, TimeSpan Start, TimeSpan End, int WaitedFor, int Samples);
