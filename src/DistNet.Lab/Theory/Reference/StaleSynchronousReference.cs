namespace DistNet.Lab;

/// <summary>
/// SSP: a worker starts clock c when the slowest has completed c - s. A version is a completed clock, the update of all gradients of that clock; a gradient of
/// clock c is applied to version c and began on the version that was complete then.
/// </summary>
public sealed class StaleSynchronousReference(int slack) : ReferenceRule
{
    private protected override void Play(ServiceTimes times, TraceRecorder recorder)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slack);
        var state = new State(times, recorder, slack);
        state.StartAll();
        while (!recorder.IsFull)
        {
            state.FinishNext();
        }
    }

    private sealed class State(ServiceTimes times, TraceRecorder recorder, int slack)
    {
        private readonly FinishingTimes _running = new(times.Workers);
        private readonly long[] _clock = new long[times.Workers];
        private readonly SortedSet<int> _waiting = [.. Enumerable.Range(0, times.Workers)];
        private readonly Queue<long>[] _read = [.. Enumerable.Range(0, times.Workers).Select(_ => new Queue<long>())];
        private long _version;

        public void StartAll() => StartWaiting(0);

        public void FinishNext()
        {
            var now = _running.TakeFirst(out var worker);
            _clock[worker]++;
            _waiting.Add(worker);
            recorder.Gap(_clock[worker] - _clock.Min());
            if (_clock.Min() > _version)
            {
                Complete(now);
            }

            StartWaiting(now);
        }

        private void Complete(double now)
        {
            foreach (var read in _read)
            {
                recorder.Gradient(_version - read.Dequeue());
            }

            recorder.Update(now);
            _version++;
        }

        private void StartWaiting(double now)
        {
            foreach (var worker in _waiting.Where(worker => _clock[worker] - _version <= slack).ToArray())
            {
                _waiting.Remove(worker);
                _read[worker].Enqueue(_version);
                _running.Add(worker, now + times.Next(worker));
            }
        }
    }
}
