using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// Barrier rules: servers apply by themselves. What is left to decide is how far workers may go, when a version is complete
/// everywhere, and the one factor of a clipped norm.
/// </summary>
internal sealed class BarrierSequencing(RunPlan plan, UpdateLog log) : Sequencing(plan, log)
{
    private readonly long[] _versions = new long[plan.Map.Partitions.Length];
    private readonly Dictionary<long, double> _losses = [];
    private readonly bool[] _held = new bool[plan.Map.Partitions.Length];
    private readonly NormFold? _norm = plan.Clipping.Norm is null ? null : new NormFold(plan);
    private long _normVersion;

    public override IReadOnlyList<long>? LaneClocks => null;

    protected override long Planned => Plan.PlannedSamples ?? (Samples + Dropped.Samples);

    protected override bool IsDrained => Version >= Horizon;

    protected override bool IsAtEnd => Plan.IsAtEnd(Phase, Version);

    protected override int LastLane => -1;

    public override void Begin(long generation, CompleteCut cut)
    {
        base.Begin(generation, cut);
        Array.Fill(_versions, cut.Version);
        _losses.Clear();
        BeginNorm(cut.Version);
    }

    /// <summary>All partitions hold the update's gradient: its norm is known, and the same factor goes to all.</summary>
    public override void OnHeld(in Held held, Outbox outbox)
    {
        if (held.Unit.Step != _normVersion || _held[held.Partition])
        {
            return;
        }

        _held[held.Partition] = true;
        if (_norm!.Add(held.SquaredNorms!))
        {
            var unit = new ScaledUnit(held.Unit, held.Samples, _norm.ClipFactor);
            ToServers(new Apply(Generation, NextSequence(), _normVersion + 1, [unit], [], [], MeasuresDrift: false), outbox);
            BeginNorm(_normVersion + 1);
        }
    }

    public override void OnApplied(in Applied applied, Outbox outbox)
    {
        _versions[applied.Partition] = Math.Max(_versions[applied.Partition], applied.Version);
        if (applied.Partition == 0)
        {
            _losses[applied.Version] = applied.Loss;
        }

        var complete = _versions.Min();
        while (Version < complete && _losses.Remove(Version + 1, out var loss))
        {
            Count(Plan.SamplesOf(Plan.StepsOf(Phase, Version)), staleness: 0, Plan.Lanes);
            Version++;
            TellProgress(loss, staleness: null, outbox);
        }
    }

    protected override void OnPlaced(in Placement before, Outbox outbox)
    {
        CountRedispatched(before);
        OnHorizon(outbox);
    }

    protected override void OnHorizon(Outbox outbox)
    {
        for (var i = 0; i < (Placement.Workers?.Count ?? 0); i++)
        {
            outbox.Send(ActorId.Worker(Placement.Workers![i].Index), new Horizon(Generation, Horizon));
        }
    }

    /// <summary>What a dead worker may have been computing is computed again by others.</summary>
    private void CountRedispatched(in Placement before)
    {
        for (var i = 0; Version < Horizon && i < (before.Workers?.Count ?? 0); i++)
        {
            if (!Placement.Has(before.Workers![i]))
            {
                Redispatched += Plan.SamplesOf(Plan.StepsOf(Phase, Version), before.LanesAt(i, Plan.Lanes));
            }
        }
    }

    private void BeginNorm(long version)
    {
        _normVersion = version;
        Array.Clear(_held);
        _norm?.Clear();
    }
}
