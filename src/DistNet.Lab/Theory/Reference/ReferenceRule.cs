namespace DistNet.Lab;

/// <summary>
/// The timing of an update rule as a short loop over finishing times, written from the rule's definition alone: it shares nothing with the actors and judges
/// them. Cancelling takes no time.
/// </summary>
public abstract class ReferenceRule
{
    /// <summary>Plays some updates.</summary>
    /// <param name="times">Service times; they go on where they are.</param>
    /// <param name="updates">Updates recorded, at least 1.</param>
    /// <param name="warmUp">Updates before them that are not.</param>
    public ReferenceTrace Run(ServiceTimes times, int updates, int warmUp = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(updates, 1);
        var recorder = new TraceRecorder(updates, warmUp);
        Play(times, recorder);
        return recorder.Finish();
    }

    /// <summary>Until the recorder is full.</summary>
    private protected abstract void Play(ServiceTimes times, TraceRecorder recorder);

    private protected static void RequireWithin(int k, int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, workers);
    }
}
