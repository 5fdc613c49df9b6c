using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>The draws of one point: two uniform and two normal numbers.</summary>
/// <param name="seed">The run's seed.</param>
/// <param name="sample">The point's number; its draws do not depend on how many points there are.</param>
internal readonly struct PointLuck(ulong seed, int sample)
{
    private readonly LuckKey _uniform = Luck.Key(seed, LuckPurpose.Generator, (uint)sample, 0);
    private readonly LuckKey _normal = Luck.Key(seed, LuckPurpose.Generator, (uint)sample, 1);

    public double Uniform0 => _uniform.Uniform(0);

    public double Uniform1 => _uniform.Uniform(1);

    public double Normal0 => _normal.Normal(0);

    public double Normal1 => _normal.Normal(1);
}
