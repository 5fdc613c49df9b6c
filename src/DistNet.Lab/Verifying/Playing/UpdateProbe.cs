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

    /// <summary>Updates after which the mean loss was first at most so much; null: it never was. Told of each update is the loss before it.</summary>
    public int? UpdatesTo(double loss) => _losses.FindIndex(told => told <= loss) is var found and >= 0 ? found : null;

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
