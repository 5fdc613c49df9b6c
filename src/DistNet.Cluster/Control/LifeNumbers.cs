namespace DistNet.Cluster;

/// <summary>
/// Numbers for lives of nodes and actors, each higher than any before. They begin at the time of day, in milliseconds, so that those of a
/// coordinator that lost its disk are higher than those it gave before. Many threads.
/// </summary>
internal sealed class LifeNumbers(TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _last;

    public long Next()
    {
        lock (_lock)
        {
            return _last = Math.Max(_last + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    /// <summary>Lives up to this number are taken.</summary>
    public void Saw(long life)
    {
        lock (_lock)
        {
            _last = Math.Max(_last, life);
        }
    }
}
