using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Wire;

/// <summary>Values that several messages have in them.</summary>
internal static class Parts
{
    public static V1.TreeNode Fill(V1.TreeNode wire, TreeNode node)
    {
        wire.Level = node.Level;
        wire.Index = node.Index;
        return wire;
    }

    public static V1.ActorId Fill(V1.ActorId wire, ActorId actor)
    {
        wire.Role = ToWire(actor.Role);
        wire.Index = actor.Index;
        return wire;
    }

    public static V1.Role ToWire(Role role) => V1.Role.Coordinator + (int)role;

    public static V1.UnitId Fill(V1.UnitId wire, UnitId unit)
    {
        wire.Lane = unit.Lane;
        wire.Step = unit.Step;
        wire.Dispatch = unit.Dispatch;
        return wire;
    }

    public static UnitId Read(V1.UnitId wire) => new(
        Valid.IndexOrNone(wire.Lane, "UnitId.lane"), Valid.Count(wire.Step, "UnitId.step"), Valid.Count(wire.Dispatch, "UnitId.dispatch"));

    public static V1.LaneStart ToWire(LaneStart start) =>
        new()
        {
            Lane = start.Lane,
            Step = start.Step,
            Dispatch = start.Dispatch,
            Worker = start.Worker.Index,
            OwnFrom = start.OwnFrom,
            Incarnation = start.Worker.Incarnation,
        };

    public static LaneStart Read(V1.LaneStart wire) => new(
        Valid.Count(wire.Lane, "LaneStart.lane"),
        Valid.Count(wire.Step, "LaneStart.step"),
        Valid.Count(wire.Dispatch, "LaneStart.dispatch"),
        new WorkerLife(Valid.Count(wire.Worker, "LaneStart.worker"), Valid.Count(wire.Incarnation, "LaneStart.incarnation")),
        Valid.Count(wire.OwnFrom, "LaneStart.own_from"));

    public static V1.RulePhase Fill(V1.RulePhase wire, RulePhase phase)
    {
        wire.Number = phase.Number;
        wire.FirstVersion = phase.FirstVersion;
        wire.FirstStep = phase.FirstStep;
        return wire;
    }

    public static RulePhase Read(V1.RulePhase wire) => new(
        Valid.Count(wire.Number, "RulePhase.number"),
        Valid.Count(wire.FirstVersion, "RulePhase.first_version"),
        Valid.Count(wire.FirstStep, "RulePhase.first_step"));

    public static V1.DropCounts Fill(V1.DropCounts wire, DropCounts dropped)
    {
        wire.Late = Fill(wire.Late ?? new V1.DropCount(), dropped.Late);
        wire.Unused = Fill(wire.Unused ?? new V1.DropCount(), dropped.Unused);
        wire.Skipped = Fill(wire.Skipped ?? new V1.DropCount(), dropped.Skipped);
        return wire;
    }

    public static DropCounts Read(V1.DropCounts wire) => new(Read(wire.Late), Read(wire.Unused), Read(wire.Skipped));

    public static V1.ApplyLog Fill(V1.ApplyLog wire, ApplyLog log)
    {
        wire.Version = log.Version;
        wire.Samples = log.Samples;
        wire.Digest = log.Digest;
        return wire;
    }

    public static ApplyLog Read(V1.ApplyLog wire) =>
        new(Valid.Count(wire.Version, "ApplyLog.version"), Valid.Count(wire.Samples, "ApplyLog.samples"), wire.Digest);

    public static V1.LaneClocks? ToWire(IReadOnlyList<long>? clocks)
    {
        if (clocks is null)
        {
            return null;
        }

        var wire = new V1.LaneClocks();
        Lists.Fill(wire.Units, clocks);
        return wire;
    }

    public static IReadOnlyList<long>? Read(V1.LaneClocks? wire) =>
        wire is null ? null : Lists.Read(wire.Units, static units => Valid.Count(units, "LaneClocks.units"));

    private static V1.DropCount Fill(V1.DropCount wire, DropCount count)
    {
        wire.Units = count.Units;
        wire.Samples = count.Samples;
        return wire;
    }

    private static DropCount Read(V1.DropCount wire) =>
        new(Valid.Count(wire.Units, "DropCount.units"), Valid.Count(wire.Samples, "DropCount.samples"));
}
