namespace DistNet.Lab;

/// <summary>Wait for K distinct workers, who wait for the update; the others keep computing on the versions they have.</summary>
public sealed class KAsyncReference(int k) : ReferenceRule
{
    private protected override void Play(ServiceTimes times, TraceRecorder recorder)
    {
        RequireWithin(k, times.Workers);
        var running = new FinishingTimes(times.Workers);
        var read = new long[times.Workers];
        var done = new int[k];
        for (var worker = 0; worker < times.Workers; worker++)
        {
            running.Add(worker, times.Next(worker));
        }

        for (var version = 0L; !recorder.IsFull; version++)
        {
            var now = 0.0;
            for (var i = 0; i < k; i++)
            {
                now = running.TakeFirst(out done[i]);
                recorder.Gradient(version - read[done[i]]);
            }

            recorder.Update(now);
            foreach (var worker in done)
            {
                read[worker] = version + 1;
                running.Add(worker, now + times.Next(worker));
            }
        }
    }
}
