using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>The sequencer's log on its way to the disk: what has been decided since the last segment. Holds a few thousand units at most.</summary>
internal sealed class UpdateLog(RunPlan plan)
{
    private const int MostUnits = 4096;

    private readonly List<UnitRecord> _units = [];
    private long _generation;
    private RulePhase _phase;
    private long _from;

    /// <summary>A generation begins at this cut: what is not stored yet is void, and so is what was stored after it.</summary>
    public void Begin(long generation, CompleteCut cut, Outbox outbox)
    {
        (_generation, _phase, _from) = (generation, cut.Phase, cut.Version);
        _units.Clear();
        if (plan.Records)
        {
            outbox.Store(DurableKey.Log(cut.Version), new LogSegment(generation, cut.Phase, cut.Version, cut.Version, []));
        }
    }

    /// <summary>An update is decided.</summary>
    public void Add(long version, ReadOnlySpan<HeldUnit> units, CorrectionSpec correction, Outbox outbox)
    {
        if (!plan.Records)
        {
            return;
        }

        foreach (ref readonly var unit in units)
        {
            _units.Add(new UnitRecord(
                version,
                unit.Start.Lane,
                unit.Start.Step,
                unit.ReadVersion,
                unit.Start.OwnFrom,
                unit.Samples,
                correction.ScaleOf(version - 1 - unit.ReadVersion)));
        }

        if (_units.Count >= MostUnits)
        {
            Flush(version, outbox);
        }
    }

    /// <summary>Everything up to this version is to be durable.</summary>
    public void Flush(long version, Outbox outbox)
    {
        if (_units.Count > 0)
        {
            outbox.Store(DurableKey.Log(version), new LogSegment(_generation, _phase, _from, version, [.. _units]));
            _units.Clear();
            _from = version;
        }
    }
}
