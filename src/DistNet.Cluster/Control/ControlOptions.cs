using System.Globalization;
using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>Which control plane a cluster runs, and how patient it is. The same on every node.</summary>
public sealed record ControlOptions
{
    /// <summary>The option that names the plane.</summary>
    public const string Option = "--control";

    /// <summary>The environment variable that names it where the option does not.</summary>
    public const string Variable = "DISTNET_CONTROL";

    public const string BuiltIn = "builtin";
    public const string Akka = "akka";

    /// <summary>The option for <see cref="Failover"/>.</summary>
    public const string FailoverOption = "--failover";

    /// <summary>The option for <see cref="SplitBrain"/>.</summary>
    public const string SplitBrainOption = "--split-brain";

    /// <summary>The option for <see cref="HoconPath"/>.</summary>
    public const string HoconOption = "--hocon";

    public const string Standard = "standard";
    public const string Fast = "fast";
    public const string KeepMajority = "keep-majority";
    public const string KeepOldest = "keep-oldest";
    public const string DownAll = "down-all";
    public const string StaticQuorum = "static-quorum:";

    public static readonly ControlOptions Default = new();

    /// <summary>builtin or akka.</summary>
    public string Plane { get; init; } = BuiltIn;

    /// <summary>Akka: how soon a silent node counts as dead; standard, or fast for machines that are never slow to answer.</summary>
    public string? Failover { get; init; }

    /// <summary>Akka: which side of a split cluster goes on: keep-majority, keep-oldest, static-quorum:N or down-all.</summary>
    public string? SplitBrain { get; init; }

    /// <summary>Akka: a file with settings of its own that override all others; null: none.</summary>
    public string? HoconPath { get; init; }

    public bool IsAkka => Plane == Akka;

    /// <summary>N of static-quorum:N; null: another strategy.</summary>
    public int? Quorum => SplitBrain?.StartsWith(StaticQuorum, StringComparison.Ordinal) == true ? QuorumIn(SplitBrain) : null;

    /// <summary>What is wrong with them, one line each.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (Plane is not (BuiltIn or Akka))
        {
            problems.Add($"{Variable}: '{Plane}' is not one of {BuiltIn}, {Akka}");
        }

        if (SplitBrain is not (null or KeepMajority or KeepOldest or DownAll) && Quorum is null)
        {
            problems.Add($"{SplitBrainOption}: '{SplitBrain}' is not one of {KeepMajority}, {KeepOldest}, {DownAll}, {StaticQuorum}N with N of 1 or more");
        }

        if (HoconPath is not null && !File.Exists(HoconPath))
        {
            problems.Add($"{HoconOption}: there is no file {HoconPath}");
        }

        (string Option, string? Value)[] ofAkka = [(FailoverOption, Failover), (SplitBrainOption, SplitBrain), (HoconOption, HoconPath)];
        problems.AddRange(ofAkka.Where(entry => !IsAkka && entry.Value is not null).Select(entry => $"{entry.Option}: only the Akka control plane has that; give {Option} {Akka} too"));
        return problems;
    }

    /// <summary>What is wrong with bringing a plan's faults about on that plane, in a line; null: nothing.</summary>
    public string? ProblemWith(FaultPlan? plan) => IsAkka && plan?.Faults.OfType<LinkFault>().FirstOrDefault() is { } fault
        ? $"{LocalCluster.Faults}: '{fault}' harms a link, which only the built-in control plane can do to itself; with {Option} {Akka} there are faults of processes and of their work"
        : null;

    /// <summary>As options of <c>distnet node</c>.</summary>
    public IReadOnlyList<string> ToArguments()
    {
        (string Option, string? Value)[] all = [(Option, Plane), (FailoverOption, Failover), (SplitBrainOption, SplitBrain), (HoconOption, HoconPath is null ? null : Path.GetFullPath(HoconPath))];
        return [.. all.Where(entry => entry.Value is not null).SelectMany(entry => new[] { entry.Option, entry.Value! })];
    }

    private static int? QuorumIn(string text) =>
        int.TryParse(text[StaticQuorum.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var quorum) && quorum > 0 ? quorum : null;
}
