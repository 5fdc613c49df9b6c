namespace DistNet.Learning;

/// <summary>Four clusters around (+-1, +-1); class 1 where the signs differ.</summary>
internal sealed class XorGenerator() : PointGenerator("xor", classes: 2, defaultSamples: 400, defaultNoise: 0.25f)
{
    protected override LabelledPoint Draw(int sample, double noise, PointLuck luck)
    {
        var right = (sample >> 1) & 1;
        var label = sample & 1;
        var up = right ^ label;
        return new((2 * right) - 1 + (noise * luck.Normal0), (2 * up) - 1 + (noise * luck.Normal1), label);
    }
}
