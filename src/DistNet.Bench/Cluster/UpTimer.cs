using System.Diagnostics;

namespace DistNet.Bench;

/// <summary>How long a cluster takes from nothing to its first loss.</summary>
internal static class UpTimer
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Seconds from the start of <c>distnet up --workers 4</c> to its first line with a loss.</summary>
    /// <param name="command">The program and the arguments before those of a verb.</param>
    /// <param name="further">Options on top.</param>
    /// <param name="stop">Gives it up.</param>
    public static async Task<double> RunAsync(IReadOnlyList<string> command, IReadOnlyList<string> further, CancellationToken stop)
    {
        var output = Directory.CreateTempSubdirectory("distnet-bench-").FullName;
        var began = Stopwatch.GetTimestamp();
        string[] verb = ["up", "--workers", "4", "--epochs", "2", "--out", Path.Combine(output, "run"), .. further];
        var start = new ProcessStartInfo(command[0], command.Skip(1).Concat(verb)) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Limit);
        var seconds = double.NaN;
        while (await process.StandardError.ReadLineAsync(limit.Token).ConfigureAwait(false) is { } line)
        {
            if (double.IsNaN(seconds) && line.Contains("loss", StringComparison.Ordinal))
            {
                seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            }
        }

        await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        Directory.Delete(output, recursive: true);
        return seconds;
    }
}
