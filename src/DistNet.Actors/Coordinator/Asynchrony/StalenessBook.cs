using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>The staleness of the units in the lineage of the current weights, update after update.</summary>
internal sealed class StalenessBook
{
    private readonly StalenessCounts _counts = new();
    private double _sum;
    private long _units;
    private long _max;
    private (double Sum, long Units) _before;

    public double Mean => _units == 0 ? 0 : _sum / _units;

    /// <summary>Units since the run went on from a cut.</summary>
    public long FreshUnits => _units - _before.Units;

    /// <summary>Mean over those; 0 where there are none.</summary>
    public double FreshMean => FreshUnits == 0 ? 0 : (_sum - _before.Sum) / FreshUnits;

    /// <summary>A copy.</summary>
    public IReadOnlyList<long> Counts => _counts.Snapshot;

    /// <summary>A copy.</summary>
    public StalenessSummary Summary => new(Mean, _max, Counts);

    /// <summary>The run goes on from this cut; what came after it was never applied.</summary>
    public void Restore(CompleteCut cut)
    {
        _counts.Restore(cut.Staleness);
        _before = (_sum, _units) = (cut.StalenessSum, cut.Units);
        _max = Math.Max(0, cut.Staleness.Count - 1);
    }

    /// <summary>One update.</summary>
    /// <param name="progress">Where the run stands with it.</param>
    public void Add(in Progress progress)
    {
        if (progress.Staleness is null)
        {
            _counts.Add(0, progress.Units - _units);
        }
        else
        {
            for (var i = 0; i < progress.Staleness.Count; i++)
            {
                _counts.Add(progress.Staleness[i]);
                _max = Math.Max(_max, progress.Staleness[i]);
            }
        }

        (_sum, _units) = (progress.StalenessSum, progress.Units);
    }
}
