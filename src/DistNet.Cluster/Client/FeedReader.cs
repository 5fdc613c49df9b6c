using System.Text.Json;
using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>
/// Tells a watcher what a feed tells. A feed that is read again from its beginning is not told again: epochs have numbers, and of notices as
/// many are passed over as were told before.
/// </summary>
internal sealed class FeedReader(ITrainingProgress progress)
{
    private Guid _feed;
    private bool _isStarted;
    private int _lastEpoch;
    private int _noticesTold;
    private int _noticesRead;

    /// <summary>The result, with the last line of a run that ended in good order.</summary>
    /// <exception cref="TrainingFailedException">The run failed.</exception>
    /// <exception cref="ClusterGaveUpException">It waited too long for nodes.</exception>
    public TrainingResult? Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var body = json.RootElement.GetProperty("body");
        switch (json.RootElement.GetProperty("kind").GetString())
        {
            case "feed":
                OnFeed(body.GetGuid());
                break;
            case "started" when !_isStarted:
                _isStarted = true;
                progress.Started(As<RunDescription>(body));
                break;
            case "epoch":
                OnEpoch(As<EpochReport>(body));
                break;
            case "step":
                progress.Step(As<StepReport>(body));
                break;
            case "notice":
                OnNotice(body.GetString()!);
                break;
            case "done":
                var finished = As<FinishedRun>(body);
                return finished.Result with { TestLossHistory = finished.TestLosses, TestAccuracyHistory = finished.TestAccuracies };
            case "failed":
                var failed = As<FailedRun>(body);
                throw failed.GaveUp ? new ClusterGaveUpException(failed.Reason) : new TrainingFailedException(failed.Reason);
        }

        return null;
    }

    private static T As<T>(JsonElement body) => body.Deserialize<T>(FeedLine.Json)!;

    private void OnFeed(Guid feed)
    {
        _noticesRead = 0;
        _noticesTold = feed == _feed ? _noticesTold : 0;
        _feed = feed;
    }

    private void OnEpoch(EpochReport report)
    {
        if (report.Epoch > _lastEpoch)
        {
            _lastEpoch = report.Epoch;
            progress.Epoch(report);
        }
    }

    private void OnNotice(string notice)
    {
        _noticesRead++;
        if (_noticesRead > _noticesTold)
        {
            _noticesTold = _noticesRead;
            progress.Notice(notice);
        }
    }
}
