namespace DistNet.Hosting;

/// <summary>
/// Every option of <c>distnet train</c>, once. The command line, configuration files, environment variables, help and
/// config.json all read this table.
/// </summary>
public static class OptionTable
{
    public static readonly IReadOnlyList<OptionEntry> Entries =
        [.. DataOptions.Entries, .. NetworkOptions.Entries, .. OptimizationOptions.Entries, .. RunOptions.Entries];

    /// <summary>The option of that name in any spelling, or null.</summary>
    public static OptionEntry? Find(string name) => Entries.FirstOrDefault(entry => entry.IsNamed(name));
}
