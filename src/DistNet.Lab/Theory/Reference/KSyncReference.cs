namespace DistNet.Lab;

/// <summary>Wait for the first K workers, cancel the rest; BSP with K = P.</summary>
public sealed class KSyncReference(int k) : ReferenceRule
{
    private protected override void Play(ServiceTimes times, TraceRecorder recorder)
    {
        RequireWithin(k, times.Workers);
        var drawn = new double[times.Workers];
        for (var now = 0.0; !recorder.IsFull;)
        {
            for (var worker = 0; worker < drawn.Length; worker++)
            {
                drawn[worker] = times.Next(worker);
            }

            Array.Sort(drawn);
            now += drawn[k - 1];
            for (var i = 0; i < k; i++)
            {
                recorder.Gradient(0);
            }

            recorder.Update(now, dropped: drawn.Length - k);
        }
    }
}
