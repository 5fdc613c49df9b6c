namespace DistNet.Reporting;

/// <summary>The parts of the page that are drawn and sent apart from each other, from top to bottom.</summary>
internal static class PageFragments
{
    public const string Head = "head";

    /// <summary>Always drawn: its times go on when nothing else does.</summary>
    private static readonly Func<DashboardView, object?> Always = _ => new object();

    private static readonly Func<DashboardView, object?> WithRun = view => (view.Run?.Config, view.Run?.Changes);

    public static IReadOnlyList<PageFragment> All { get; } =
    [
        new(Head, typeof(Headline), Always) { IsWide = true },
        new("loss", typeof(LossPanel), WithRun),
        new("accuracy", typeof(AccuracyPanel), view => (view.Run?.Config, view.Run?.Epoch, view.Run?.End)),
        new("nodes", typeof(NodesPanel), Always) { IsWide = true },
        new("work", typeof(WorkPanel), WithRun) { IsWide = true },
        new("rate", typeof(RatePanel), WithRun),
        new("staleness", typeof(StalenessPanel), WithRun),
        new("waits", typeof(WaitsPanel), WithRun),
        new("ledger", typeof(LedgerPanel), WithRun),
        new("notices", typeof(NoticesPanel), WithRun) { IsWide = true },
        new("config", typeof(ConfigPanel), view => (view.Run?.Config, view.Run?.Description)) { IsWide = true },
    ];
}

/// <summary>A part of the page.</summary>
/// <param name="Id">Of its element.</param>
/// <param name="Component">Draws a <see cref="DashboardView"/>.</param>
/// <param name="Stamp">What the drawing depends on: while it is equal, it is not drawn again.</param>
internal sealed record PageFragment(string Id, Type Component, Func<DashboardView, object?> Stamp)
{
    /// <summary>It is as wide as the page.</summary>
    public bool IsWide { get; init; }
}
