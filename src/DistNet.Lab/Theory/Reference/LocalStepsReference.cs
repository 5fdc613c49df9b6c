namespace DistNet.Lab;

/// <summary>Every worker does H steps by itself, then all exchange; the H P gradients are one update.</summary>
public sealed class LocalStepsReference(int localSteps) : ReferenceRule
{
    private protected override void Play(ServiceTimes times, TraceRecorder recorder)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(localSteps, 1);
        for (var now = 0.0; !recorder.IsFull;)
        {
            var longest = 0.0;
            for (var worker = 0; worker < times.Workers; worker++)
            {
                longest = Math.Max(longest, times.Next(worker, localSteps));
            }

            now += longest;
            for (var i = 0; i < times.Workers * localSteps; i++)
            {
                recorder.Gradient(0);
            }

            recorder.Update(now);
        }
    }
}
