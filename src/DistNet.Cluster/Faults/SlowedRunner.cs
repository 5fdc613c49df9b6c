using System.Diagnostics;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>Carries work out as if the processor were slower: before each part of a result is given away, and at the end, it waits.</summary>
/// <param name="inner">Does the work; owned.</param>
/// <param name="factor">How many times as long the work takes now.</param>
internal sealed class SlowedRunner(IWorkRunner inner, Func<double> factor) : IWorkRunner
{
    /// <summary>Below this the system's sleep is too coarse.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(2);

    public bool Run(NetworkWork order, IWorkSink sink)
    {
        var slowness = factor();
        if (slowness <= 1)
        {
            return inner.Run(order, sink);
        }

        var stretch = new Stretch(sink, slowness - 1);
        var isDone = inner.Run(order, stretch);
        stretch.Wait();
        return isDone;
    }

    public void Dispose() => inner.Dispose();

    private sealed class Stretch(IWorkSink sink, double extra) : IWorkSink
    {
        private readonly Stopwatch _worked = Stopwatch.StartNew();

        public void OnYielded(NetworkWork order, int part)
        {
            Wait();
            sink.OnYielded(order, part);
            _worked.Restart();
        }

        public void Wait()
        {
            var span = _worked.Elapsed * extra;
            if (span > Short)
            {
                Thread.Sleep(span);
                return;
            }

            for (var watch = Stopwatch.StartNew(); watch.Elapsed < span;)
            {
                Thread.Yield();
            }
        }
    }
}
