namespace DistNet.Lab;

/// <summary>Wait for the first K gradients from anyone, who goes on at once on the same version; then cancel all that are begun.</summary>
public sealed class KBatchSyncReference(int k) : ReferenceRule
{
    private protected override void Play(ServiceTimes times, TraceRecorder recorder)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var running = new FinishingTimes(times.Workers);
        for (var now = 0.0; !recorder.IsFull;)
        {
            running.Clear();
            for (var worker = 0; worker < times.Workers; worker++)
            {
                running.Add(worker, now + times.Next(worker));
            }

            for (var held = 1; held <= k; held++)
            {
                now = running.TakeFirst(out var worker);
                recorder.Gradient(0);
                if (held < k)
                {
                    running.Add(worker, now + times.Next(worker));
                }
            }

            recorder.Update(now, dropped: times.Workers - 1);
        }
    }
}
