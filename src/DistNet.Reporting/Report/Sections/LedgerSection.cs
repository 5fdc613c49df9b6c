using DistNet.Hosting;

namespace DistNet.Reporting;

/// <summary>Where every sample went.</summary>
internal static class LedgerSection
{
    public static ReportSection? Of(RunMaterial run) => run.Result is { Ledger: { } ledger }
        ? new ReportSection("Ledger", [
            new ReportText("Where every sample went: planned = applied + dropped + pending. Redispatched and rolled back are work done again; they stand beside it."),
            new ReportTable(["samples", "number", "share of planned"], [.. RowsOf(ledger).Select(row => (IReadOnlyList<ReportCell>)[row.Name, NumberText.Count(row.Samples), Share(row.Samples, ledger)])]),
        ])
        : null;

    private static IEnumerable<(string Name, long Samples)> RowsOf(LedgerReport ledger)
    {
        yield return ("planned", ledger.Planned);
        yield return ("applied", ledger.Applied);
        yield return ("dropped", ledger.Dropped);
        if (ledger.DroppedBy is { } by)
        {
            yield return ("  of these late: the update was complete without them", by.Late.Samples);
            yield return ("  of these unused: still out when the run or its rule ended", by.Unused.Samples);
            yield return ("  of these skipped: left out when another rule began", by.Skipped.Samples);
        }

        yield return ("pending", ledger.Pending);
        yield return ("redispatched", ledger.Redispatched);
        yield return ("rolled back", ledger.RolledBack);
    }

    private static string Share(long samples, LedgerReport ledger) => ledger.Planned > 0 ? NumberText.Percent(samples / (double)ledger.Planned) : "-";
}
