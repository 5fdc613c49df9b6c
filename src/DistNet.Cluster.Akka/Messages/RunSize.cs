using System.Text;
using DistNet.Actors;
using static System.FormattableString;

namespace DistNet.Cluster.Akka;

/// <summary>What the length of a run's messages depends on.</summary>
/// <param name="Nodes">Nodes that the cluster may have, those that are missed too.</param>
/// <param name="Lanes">V.</param>
/// <param name="Partitions">Servers that the run needs.</param>
/// <param name="OrderBytes">Bytes of its order, as UTF-8.</param>
internal sealed record RunSize(int Nodes, int Lanes, int Partitions, int OrderBytes)
{
    /// <summary>Passes over the data: each leaves its loss in the record.</summary>
    public int Epochs { get; init; }

    /// <summary>Updates whose loss is kept in the record; 0: none is.</summary>
    public long RecordedSteps { get; init; }

    /// <summary>Most units in an update that the sequencer puts together.</summary>
    public int Units { get; init; }

    /// <summary>Chunks of the test part.</summary>
    public int Chunks { get; init; }

    /// <summary>Actors that can be there at a time.</summary>
    public int Actors => Nodes + Partitions + 1;

    /// <param name="order">The run.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="nodes">Nodes that the cluster may have.</param>
    public static RunSize Of(RunOrder order, RunPlan plan, int nodes) => new(nodes, plan.Lanes, plan.Map.Partitions.Length, Encoding.UTF8.GetByteCount(order.ToJson()))
    {
        Epochs = (int)Math.Min(int.MaxValue, Math.Max(plan.Epochs, 1 + (plan.ScheduleSamples / plan.Schedule.Samples))),
        RecordedSteps = plan.RecordSteps ? plan.TotalVersions(default) : 0,
        Units = Enumerable.Range(0, plan.Rules.Count).Max(number => plan.Rules[number] is SequencedRule rule ? rule.UnitsPerUpdate(plan.Lanes) : 1),
        Chunks = (plan.TestSamples + RunPlan.EvaluationChunkLength - 1) / RunPlan.EvaluationChunkLength,
    };

    public override string ToString() =>
        Invariant($"{Nodes} nodes, {Lanes} lanes, {Partitions} partitions{(RecordedSteps > 0 ? Invariant($", losses of {RecordedSteps} updates") : "")}");
}
