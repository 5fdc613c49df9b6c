namespace DistNet.Cluster.Akka;

/// <summary>
/// How long somebody may be silent, whatever Akka thinks of its node: it may be in another cluster by now, and be reached all the same. A process that was
/// stopped itself must not call others silent: what they said meanwhile waits to be read.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class Attention(TimeProvider time)
{
    /// <summary>So many signs of life that did not come. Akka has missed, and removed, a node of its own cluster sooner.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>Why somebody is given up.</summary>
    public static readonly string Reason = FormattableString.Invariant($"it was silent for {Limit.TotalSeconds:F0} s");

    private long _since = time.GetTimestamp();
    private long _last = time.GetTimestamp();

    /// <summary>Called several times within the limit. Whether this process has listened for that long without a pause, so that whoever was not heard was silent.</summary>
    public bool IsPaid()
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(_last, now) > Limit / 2)
        {
            _since = now;
        }

        _last = now;
        return time.GetElapsedTime(_since, now) >= Limit;
    }
}
