using System.Diagnostics;
using System.Globalization;
using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Cli;

/// <summary>How far a run is and how long it will take at the pace it has had. Not safe for several threads.</summary>
internal sealed class RunPace
{
    private StepReport _first;
    private StepReport _last;
    private long _firstAt;

    /// <summary>Part of the samples that is applied, 0 to 1.</summary>
    public double Done => _last.SamplesPlanned == 0 ? 0 : (double)_last.SamplesApplied / _last.SamplesPlanned;

    public void Step(in StepReport report)
    {
        if (_firstAt == 0)
        {
            _firstAt = Stopwatch.GetTimestamp();
            _first = report;
        }

        _last = report;
    }

    /// <summary>Steps and the time left, such as "step 40/690  0:12 left".</summary>
    public override string ToString() => Invariant($"step {_last.Version}/{_last.TotalVersions}  {TimeLeft()}");

    private string TimeLeft()
    {
        var done = _last.SamplesApplied - _first.SamplesApplied;
        if (done <= 0)
        {
            return "";
        }

        var left = Stopwatch.GetElapsedTime(_firstAt) * ((double)(_last.SamplesPlanned - _last.SamplesApplied) / done);
        return $"{left.ToString(left.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture)} left";
    }
}
