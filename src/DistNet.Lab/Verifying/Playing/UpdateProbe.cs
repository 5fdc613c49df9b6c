using DistNet.Protocol;

namespace DistNet.Lab;

/// <summary>Times from update to update and mean losses, in virtual seconds; the first updates, under which a run settles, do not count.</summary>
/// <param name="warmUp">How many.</param>
internal sealed class UpdateProbe(long warmUp = 0) : Probe
{
    private readonly List<double> _intervals = [];
    private readonly List<double> _losses = [];
    private TimeSpan _last;

    /// <summary>One for each update.</summary>
    public IReadOnlyList<double> Intervals => _intervals;

    /// <summary>Mean loss of the units of each update, on the weights that they read.</summary>
    public IReadOnlyList<double> Losses => _losses;

    public override void OnUpdate(TimeSpan now, in Advanced update)
    {
        if (update.Version > warmUp)
        {
            _intervals.Add((now - _last).TotalSeconds);
            _losses.Add(update.Loss);
        }

        _last = now;
    }
}
