using System.Diagnostics;

namespace DistNet.Bench;

/// <summary>The same loop on several threads at once.</summary>
internal static class Together
{
    /// <summary>Runs a body on so many threads, the caller's among them; returns the seconds until all had ended.</summary>
    /// <param name="threads">At least 1.</param>
    /// <param name="body">Given the number of its thread, from 0.</param>
    public static double Seconds(int threads, Action<int> body)
    {
        using var start = new Barrier(threads);
        var others = new Thread[threads - 1];
        for (var i = 0; i < others.Length; i++)
        {
            var number = i + 1;
            others[i] = new Thread(() => Begin(number)) { IsBackground = true };
            others[i].Start();
        }

        start.SignalAndWait();
        var begun = Stopwatch.GetTimestamp();
        body(0);
        Array.ForEach(others, thread => thread.Join());
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;

        void Begin(int number)
        {
            start.SignalAndWait();
            body(number);
        }
    }
}
