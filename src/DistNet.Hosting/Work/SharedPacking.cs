using System.Diagnostics;

namespace DistNet.Hosting;

/// <summary>One matrix that several threads pack together: each claims the next part, and all wait until the last is done.</summary>
internal sealed class SharedPacking
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private int _claimed;
    private int _done;

    /// <summary>Nothing is packed. Nobody may be packing.</summary>
    public void Reset() => _claimed = _done = 0;

    /// <summary>True when the caller is to pack a part, and then calls <see cref="Finish"/>.</summary>
    public bool TryClaim(int parts, out int part)
    {
        part = Volatile.Read(ref _claimed) < parts ? Interlocked.Increment(ref _claimed) - 1 : parts;
        return part < parts;
    }

    public void Finish() => Interlocked.Increment(ref _done);

    /// <summary>A part takes microseconds, so this is short unless its thread was taken off the processor.</summary>
    /// <exception cref="TimeoutException">Whoever claimed a part never finished it.</exception>
    public void Wait(int parts)
    {
        if (Volatile.Read(ref _done) >= parts)
        {
            return;
        }

        var spin = default(SpinWait);
        var start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _done) < parts)
        {
            spin.SpinOnce(sleep1Threshold: -1);
            if (Stopwatch.GetElapsedTime(start) > Deadline)
            {
                throw new TimeoutException("A weight matrix was not packed in time.");
            }
        }
    }
}
