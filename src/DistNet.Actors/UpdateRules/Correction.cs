using System.Globalization;

namespace DistNet.Actors;

/// <summary>What is done to a gradient that comes late.</summary>
public enum CorrectionKind
{
    None,

    /// <summary>Its rate is divided by its staleness, where that is above 0 (Zhang et al. 2016, arXiv 1511.05950).</summary>
    StalenessRate,

    /// <summary>DC-ASGD-c (Zheng et al. 2017, arXiv 1609.08326): g + l g o g o (w - w read), with a constant l.</summary>
    DelayConstant,

    /// <summary>DC-ASGD-a: l divided by the root of a running mean of g o g.</summary>
    DelayAdaptive,
}

/// <param name="Kind">Which correction.</param>
/// <param name="Lambda">DC-ASGD's lambda 0.</param>
public readonly record struct CorrectionSpec(CorrectionKind Kind, float Lambda = 0)
{
    /// <summary>Decay m of the running mean of g o g in DC-ASGD-a.</summary>
    public const float MeanSquareDecay = 0.95f;

    public const string Forms = "none, staleness-lr, dcasgd, dcasgd-c, or dcasgd:LAMBDA";

    public static readonly CorrectionSpec None = new(CorrectionKind.None);

    public bool CompensatesDelay => Kind is CorrectionKind.DelayConstant or CorrectionKind.DelayAdaptive;

    /// <summary>Factor of a gradient's rate.</summary>
    public float ScaleOf(long staleness) => Kind == CorrectionKind.StalenessRate && staleness > 0 ? 1f / staleness : 1;

    public static bool TryParse(string text, out CorrectionSpec correction)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (name, argument) = colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
        CorrectionSpec? named = name switch
        {
            "none" => None,
            "staleness-lr" => new(CorrectionKind.StalenessRate),
            "dcasgd" or "dcasgd-a" => new(CorrectionKind.DelayAdaptive, 2),
            "dcasgd-c" => new(CorrectionKind.DelayConstant, 0.04f),
            _ => null,
        };
        correction = named ?? None;
        return named is not null && (argument is null || TryTakeLambda(argument, ref correction));
    }

    private static bool TryTakeLambda(string argument, ref CorrectionSpec correction)
    {
        var isNumber = float.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out var lambda) && lambda > 0 && float.IsFinite(lambda);
        correction = correction with { Lambda = lambda };
        return isNumber && correction.CompensatesDelay;
    }
}
