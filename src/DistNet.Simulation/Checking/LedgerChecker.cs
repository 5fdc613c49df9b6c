using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>planned = applied + dropped + pending, in samples; at a clean end nothing is pending.</summary>
/// <param name="plan">What is trained.</param>
/// <param name="mayStop">Whether the run was asked to end early.</param>
public sealed class LedgerChecker(RunPlan plan, bool mayStop) : IRunChecker
{
    public string? Problem(SimulationResult result) => result.Summary is not { } summary ? null
        : Unbalanced(summary) ?? (summary.Stopped ? Stopped(summary.Ledger) : Ended(summary.Ledger));

    private static string? Unbalanced(RunSummary summary)
    {
        var ledger = summary.Ledger;
        return ledger.Planned != ledger.Applied + ledger.Dropped.Samples + ledger.Pending || ledger.Applied != summary.Samples ? $"unbalanced: {ledger}"
            : ledger.RolledBack < 0 || ledger.Redispatched < 0 ? $"negative: {ledger}"
            : null;
    }

    private string? Stopped(Ledger ledger) =>
        !mayStop || (plan.PlannedSamples is { } all && (ledger.Planned != all || ledger.Pending <= 0)) ? $"stopped: {ledger}" : null;

    private string? Ended(Ledger ledger) => ledger.Pending != 0 ? $"pending at a clean end: {ledger}"
        : plan is { TargetAccuracy: null, PlannedSamples: { } all } && ledger.Applied + ledger.Dropped.Samples != all ? $"not all applied: {ledger}"
        : null;
}
