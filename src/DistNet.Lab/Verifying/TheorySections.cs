namespace DistNet.Lab;

/// <summary>What theory says of the update rules, in sections.</summary>
public static class TheorySections
{
    public static readonly IReadOnlyDictionary<int, string> Titles = new Dictionary<int, string>
    {
        [1] = "time of an update, and the noise floor",
        [2] = "staleness",
        [3] = "backup workers",
        [4] = "stale synchronous",
        [5] = "delay and stability",
        [6] = "asynchrony begets momentum",
        [7] = "staleness-aware rate",
        [8] = "delay compensation",
        [9] = "local steps and elastic averaging",
    };

    /// <summary>As it stands above its rows.</summary>
    public static string Heading(int section) => FormattableString.Invariant($"{section} {Titles[section]}");
}
