namespace DistNet.Lab;

/// <summary>Who will be done when. Workers that are done at the same time come in the order of their numbers.</summary>
internal sealed class FinishingTimes(int workers)
{
    private readonly PriorityQueue<int, (double Time, int Worker)> _queue = new(workers);

    public int Count => _queue.Count;

    public void Add(int worker, double time) => _queue.Enqueue(worker, (time, worker));

    /// <summary>The time at which the next one is done, and who that is.</summary>
    public double TakeFirst(out int worker)
    {
        _queue.TryDequeue(out worker, out var at);
        return at.Time;
    }

    public void Clear() => _queue.Clear();
}
