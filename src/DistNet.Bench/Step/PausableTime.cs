namespace DistNet.Bench;

/// <summary>A clock that can be stopped, so that a run that stands still between its turns does not wonder why nothing happens.</summary>
internal sealed class PausableTime : TimeProvider
{
    private long _lost;
    private long _pausedAt;

    public override long GetTimestamp() => System.GetTimestamp() - _lost;

    public override long TimestampFrequency => System.TimestampFrequency;

    public void Pause() => _pausedAt = System.GetTimestamp();

    public void Resume() => _lost += System.GetTimestamp() - _pausedAt;
}
