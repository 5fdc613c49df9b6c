using static System.FormattableString;

namespace DistNet.Simulation;

/// <summary>A rule of a family with a number drawn for it.</summary>
internal static class RuleDraw
{
    private static readonly string[] Families = ["bsp", "asp", "backup", "ksync", "kbatchsync", "kasync", "kbatchasync", "ssp", "local", "easgd"];

    /// <summary>Every family, and switching from one rule to others.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Families, "switching"];

    public static string Of(string family, int lanes, LuckStream luck) => family switch
    {
        "bsp" or "asp" => family,
        "backup" => Invariant($"backup:{luck.Below(lanes)}"),
        "ksync" or "kasync" => Invariant($"{family}:{1 + luck.Below(lanes)}"),
        "kbatchsync" or "kbatchasync" or "local" => Invariant($"{family}:{1 + luck.Below(6)}"),
        "ssp" => Invariant($"ssp:{luck.Below(4)}"),
        "easgd" => Invariant($"easgd:0.{1 + luck.Below(8)}"),
        "switching" => Invariant($"{Of(Drawn(luck), lanes, luck)}@{1 + luck.Below(4)},{Of(Drawn(luck), lanes, luck)}@{5 + luck.Below(3)},{Of(Drawn(luck), lanes, luck)}"),
        _ => throw new ArgumentException($"unknown family {family}", nameof(family)),
    };

    private static string Drawn(LuckStream luck) => Families[luck.Below(Families.Length)];
}
