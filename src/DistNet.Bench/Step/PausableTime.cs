namespace DistNet.Bench;

/// <summary>
/// A clock that can be stopped, so that a run that stands still between its turns does not wonder why nothing happens. Any thread may
/// read it.
/// </summary>
internal sealed class PausableTime : TimeProvider
{
    /// <summary>While it runs, the ticks that it is late; while it stands, the complement of where, which is negative.</summary>
    private long _state;

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp()
    {
        var state = Volatile.Read(ref _state);
        return state < 0 ? ~state : System.GetTimestamp() - state;
    }

    public void Pause() => Volatile.Write(ref _state, ~GetTimestamp());

    public void Resume() => Volatile.Write(ref _state, System.GetTimestamp() - GetTimestamp());
}
