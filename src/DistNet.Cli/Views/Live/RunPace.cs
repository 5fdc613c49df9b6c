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

    /// <summary>Part of the run that is done, 0 to 1.</summary>
    public double Done => DoneAt(_last);

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
        var done = DoneAt(_last) - DoneAt(_first);
        if (done <= 0)
        {
            return "";
        }

        var left = Stopwatch.GetElapsedTime(_firstAt) * ((1 - DoneAt(_last)) / done);
        return $"{left.ToString(left.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture)} left";
    }

    /// <summary>By updates or by samples, whichever is further: rules that drop samples come to the last update first.</summary>
    private static double DoneAt(in StepReport at) => Math.Min(1, Math.Max(Part(at.SamplesApplied, at.SamplesPlanned), Part(at.Version, at.TotalVersions)));

    private static double Part(double done, double planned) => planned > 0 ? done / planned : 0;
}
