using System.Diagnostics;
using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.Hosting;

/// <summary>One matrix that several threads pack together: each claims the next part, and all wait until the last is done.</summary>
internal sealed unsafe class SharedPacking(PackedWeight weight) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private int _claimed;
    private int _done;

    /// <summary>Nothing is packed. Nobody may be packing.</summary>
    public void Reset() => _claimed = _done = 0;

    /// <summary>Packs what no other thread has begun, and returns when all is packed.</summary>
    /// <exception cref="TimeoutException">Whoever claimed a part never finished it.</exception>
    public PackedMatrix Pack(float* parameters)
    {
        var parts = weight.Panels.Parts;
        while (TryClaim(parts, out var part))
        {
            weight.PackPart(part, parameters);
            Interlocked.Increment(ref _done);
        }

        Wait(parts);
        return weight.Panels;
    }

    public void Dispose() => weight.Dispose();

    private bool TryClaim(int parts, out int part)
    {
        part = Volatile.Read(ref _claimed) < parts ? Interlocked.Increment(ref _claimed) - 1 : parts;
        return part < parts;
    }

    /// <summary>A part takes microseconds, so this is short unless its thread was taken off the processor.</summary>
    private void Wait(int parts)
    {
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
