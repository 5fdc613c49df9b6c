using DistNet.Protocol;

namespace DistNet.Wire;

/// <summary>The coordinator's record and the complete cuts in it.</summary>
internal static class RecordParts
{
    public static V1.CoordinatorRecord ToWire(CoordinatorRecord record)
    {
        var wire = new V1.CoordinatorRecord { Number = record.Number, Generation = record.Generation };
        Lists.Fill(wire.Cuts, record.Cuts, ToWire);
        return wire;
    }

    public static CoordinatorRecord Read(V1.CoordinatorRecord wire) => new(
        Valid.Count(wire.Number, "CoordinatorRecord.number"),
        Valid.Count(wire.Generation, "CoordinatorRecord.generation"),
        Lists.Read(wire.Cuts, Read));

    public static V1.CompleteCut ToWire(CompleteCut cut)
    {
        var wire = new V1.CompleteCut
        {
            Version = cut.Version,
            Generation = cut.Generation,
            Samples = cut.Samples,
            LaneClocks = Parts.ToWire(cut.LaneClocks),
            RolledBack = cut.RolledBack,
            Redispatched = cut.Redispatched,
            StalenessSum = cut.StalenessSum,
            Units = cut.Units,
            History = ToWire(cut.History),
            Dropped = Parts.Fill(new V1.DropCounts(), cut.Dropped),
            Phase = Parts.Fill(new V1.RulePhase(), cut.Phase),
        };
        Lists.Fill(wire.Staleness, cut.Staleness);
        return wire;
    }

    public static CompleteCut Read(V1.CompleteCut wire) => new(
        Valid.Count(wire.Version, "CompleteCut.version"),
        Valid.Count(wire.Generation, "CompleteCut.generation"),
        Valid.Count(wire.Samples, "CompleteCut.samples"),
        Parts.Read(wire.LaneClocks),
        Valid.Count(wire.RolledBack, "CompleteCut.rolled_back"),
        Valid.Count(wire.Redispatched, "CompleteCut.redispatched"),
        wire.StalenessSum,
        Valid.Count(wire.Units, "CompleteCut.units"),
        Lists.Read(wire.Staleness, static units => Valid.Count(units, "CompleteCut.staleness")),
        Parts.Read(wire.Dropped),
        Parts.Read(wire.Phase),
        Read(wire.History));

    private static V1.LossHistory ToWire(LossHistory history)
    {
        var wire = new V1.LossHistory { EpochLoss = history.EpochLoss, EpochSamples = history.EpochSamples };
        Lists.Fill(wire.Epochs, history.Epochs);
        Lists.Fill(wire.Steps, history.Steps);
        return wire;
    }

    private static LossHistory Read(V1.LossHistory wire) => new(
        [.. wire.Epochs], [.. wire.Steps], wire.EpochLoss, Valid.Count(wire.EpochSamples, "LossHistory.epoch_samples"));
}
