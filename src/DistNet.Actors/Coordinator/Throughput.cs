namespace DistNet.Actors;

/// <summary>
/// Samples over the time spent in steps: from the moment steps may run to the moment they must wait. Evaluations, cuts and the first
/// <see cref="RunPlan.WarmupSteps"/> steps do not count, in the first epoch's rate neither.
/// </summary>
internal sealed class Throughput
{
    private TimeSpan _time;
    private TimeSpan _last;
    private TimeSpan _epochTime;
    private long _epochSamples;
    private long _samples;
    private long _steps;
    private bool _running;

    /// <summary>0 until something was measured.</summary>
    public double SamplesPerSecond => _time > TimeSpan.Zero ? _samples / _time.TotalSeconds : 0;

    /// <summary>Mean time of a step, as far as it is known.</summary>
    public TimeSpan StepTime { get; private set; }

    /// <summary>Time of the last step; of the first after a stop, since steps could run again.</summary>
    public TimeSpan LastStep { get; private set; }

    /// <summary>The rate since the last call.</summary>
    public double TakeEpochRate()
    {
        var rate = _epochTime > TimeSpan.Zero ? _epochSamples / _epochTime.TotalSeconds : 0;
        (_epochSamples, _epochTime) = (0, TimeSpan.Zero);
        return rate;
    }

    /// <summary>Steps may run; no effect while they do already.</summary>
    public void Resume(TimeSpan now)
    {
        _last = _running ? _last : now;
        _running = true;
    }

    public void Pause() => _running = false;

    public void Count(long samples, TimeSpan now)
    {
        if (!_running)
        {
            LastStep = TimeSpan.Zero;
            return;
        }

        if (_steps == RunPlan.WarmupSteps)
        {
            (_samples, _time) = (0, TimeSpan.Zero);
            (_epochSamples, _epochTime) = (0, TimeSpan.Zero);
        }

        var step = now - _last;
        LastStep = step;
        _steps++;
        _time += step;
        _samples += samples;
        _epochTime += step;
        _epochSamples += samples;
        _last = now;
        StepTime = _steps == 1 ? step : ((StepTime * 7) + step) / 8;
    }
}
