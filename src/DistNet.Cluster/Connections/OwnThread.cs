namespace DistNet.Cluster;

/// <summary>Runs what waits in the system on a thread of its own, so that it takes none of the pool's.</summary>
internal static class OwnThread
{
    /// <summary>Ends when the work does. As long as the work waits in calls, it stays on its thread.</summary>
    public static Task RunAsync(string name, Func<Task> work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(work, done)) { IsBackground = true, Name = name };
        thread.Start();
        return done.Task;
    }

    private static void Run(Func<Task> work, TaskCompletionSource done)
    {
        try
        {
            // What goes on elsewhere is followed there; this thread is not held for it.
            _ = CompleteAsync(work(), done);
        }
        catch (Exception e)
        {
            done.SetException(e);
        }
    }

    private static async Task CompleteAsync(Task work, TaskCompletionSource done)
    {
        try
        {
            await work.ConfigureAwait(false);
            done.SetResult();
        }
        catch (Exception e)
        {
            done.SetException(e);
        }
    }
}
