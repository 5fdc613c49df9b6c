namespace DistNet.Lab;

/// <summary>An update after every K gradients from anyone, who goes on at once with the newest version; ASP with K = 1, n-softsync with K = floor(P / n).</summary>
public sealed class KBatchAsyncReference(int k) : ReferenceRule
{
    private protected override void Play(ServiceTimes times, TraceRecorder recorder)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var running = new FinishingTimes(times.Workers);
        var read = new long[times.Workers];
        for (var worker = 0; worker < times.Workers; worker++)
        {
            running.Add(worker, times.Next(worker));
        }

        var (version, held) = (0L, 0);
        while (!recorder.IsFull)
        {
            var now = running.TakeFirst(out var worker);
            recorder.Gradient(version - read[worker]);
            if (++held == k)
            {
                recorder.Update(now);
                (version, held) = (version + 1, 0);
            }

            read[worker] = version;
            running.Add(worker, now + times.Next(worker));
        }
    }
}
