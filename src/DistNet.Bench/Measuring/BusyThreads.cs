namespace DistNet.Bench;

/// <summary>Threads that do nothing but keep processors busy until disposed: what else may run on a machine.</summary>
internal sealed class BusyThreads : IDisposable
{
    private readonly List<Thread> _threads = [];
    private volatile bool _ending;

    public BusyThreads(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var thread = new Thread(Spin) { IsBackground = true, Name = $"load-{i}" };
            _threads.Add(thread);
            thread.Start();
        }
    }

    public void Dispose()
    {
        _ending = true;
        _threads.ForEach(thread => thread.Join());
    }

    private void Spin()
    {
        // Arithmetic, not SpinWait: a pause instruction would leave the core's units to a sibling thread.
        var value = 1f;
        while (!_ending)
        {
            for (var i = 0; i < 1000; i++)
            {
                value = (value * 0.999f) + 0.5f;
            }
        }

        GC.KeepAlive(value);
    }
}
