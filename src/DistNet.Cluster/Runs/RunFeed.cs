using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Cluster;

/// <summary>
/// What a run has told so far, one JSON object a line, for followers who come when they like; and at once for the one who watches from within this
/// process. Many threads.
/// </summary>
internal sealed class RunFeed : ITrainingProgress
{
    /// <summary>Steps are told at most this often; a follower is shown the last one.</summary>
    private static readonly TimeSpan StepInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>A follower hears something at least this often, so that it knows a silent run from a lost one.</summary>
    private static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ITrainingProgress _watcher;
    private readonly List<string> _lines = [];
    private TaskCompletionSource _news = NewSignal();
    private StepReport? _step;
    private long _stepsSeen;
    private bool _isOver;

    /// <param name="watcher">Is told everything as it comes; null: nobody.</param>
    public RunFeed(ITrainingProgress? watcher = null)
    {
        _watcher = watcher ?? Unwatched.Instance;

        // A follower that finds another feed than before knows that nothing in it was told yet.
        Add(FeedLine.Of("feed", Guid.NewGuid()));
    }

    /// <summary>The last update; null before the first.</summary>
    public StepReport? LastStep
    {
        get
        {
            lock (_lock)
            {
                return _step;
            }
        }
    }

    public void Started(RunDescription description)
    {
        _watcher.Started(description);
        Add(FeedLine.Of("started", description));
    }

    public void Epoch(EpochReport report)
    {
        _watcher.Epoch(report);
        Add(FeedLine.Of("epoch", report));
    }

    public void Nodes(IReadOnlyList<NodeReport> nodes) => _watcher.Nodes(nodes);

    public void Observed(TimeSpan time, Envelope envelope) => _watcher.Observed(time, envelope);

    public void Notice(string line)
    {
        _watcher.Notice(line);
        Add(FeedLine.Of("notice", line));
    }

    public void Step(in StepReport report)
    {
        _watcher.Step(report);
        lock (_lock)
        {
            _step = report;
            _stepsSeen++;
        }
    }

    public void Done(TrainingResult result) =>
        End(FeedLine.Of("done", new FinishedRun(result, result.TestLossHistory, result.TestAccuracyHistory)));

    public void Failed(string reason, bool gaveUp) => End(FeedLine.Of("failed", new FailedRun(reason, gaveUp)));

    /// <summary>The run goes on elsewhere, if it does: followers are let go of, to look for it there.</summary>
    public void Close() => Change(() => _isOver = true);

    /// <summary>All lines from the first to the last, as they come; ends with the run, or when it goes on elsewhere.</summary>
    public async IAsyncEnumerable<string> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = 0;
        var stepsTold = 0L;
        var silence = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            string[] lines;
            Task news;
            StepReport? step;
            bool isOver;
            lock (_lock)
            {
                lines = [.. _lines.Skip(next)];
                news = _news.Task;
                step = _stepsSeen > stepsTold ? _step : null;
                stepsTold = _stepsSeen;
                isOver = _isOver;
            }

            if (step is null && lines.Length == 0 && silence.Elapsed > BeatInterval)
            {
                yield return FeedLine.Of("beat", "");
                silence.Restart();
            }
            else if (step is not null || lines.Length > 0)
            {
                silence.Restart();
            }

            if (step is { } last)
            {
                yield return FeedLine.Of("step", last);
            }

            next += lines.Length;
            foreach (var line in lines)
            {
                yield return line;
            }

            if (isOver)
            {
                yield break;
            }

            await Task.WhenAny(news, Task.Delay(StepInterval, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Add(string line) => Change(() => _lines.Add(line));

    private void End(string line) => Change(() =>
    {
        _isOver = true;
        _lines.Add(line);
    });

    private void Change(Action change)
    {
        TaskCompletionSource news;
        lock (_lock)
        {
            change();
            news = _news;
            _news = NewSignal();
        }

        news.SetResult();
    }
}

/// <summary>The lines of a feed.</summary>
internal static class FeedLine
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static string Of<T>(string kind, T body) => JsonSerializer.Serialize(new { kind, body }, Json);
}

/// <summary>End of a run in good order, with the curves that its JSON form leaves out.</summary>
internal sealed record FinishedRun(TrainingResult Result, IReadOnlyList<double> TestLosses, IReadOnlyList<double> TestAccuracies);

/// <summary>End of a run that could not go on.</summary>
/// <param name="Reason">One clear line.</param>
/// <param name="GaveUp">It waited too long for nodes.</param>
internal sealed record FailedRun(string Reason, bool GaveUp);
