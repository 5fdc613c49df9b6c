namespace DistNet.Learning;

/// <summary>One round cluster for each class, their centres evenly on a circle of radius 4.</summary>
internal sealed class BlobsGenerator(int classes) : PointGenerator("blobs", classes, defaultSamples: 600, defaultNoise: 1)
{
    private const double Radius = 4;

    protected override LabelledPoint Draw(int sample, double noise, PointLuck luck)
    {
        var label = sample % Classes;
        var (sine, cosine) = Math.SinCos(2 * Math.PI * label / Classes);
        return new((Radius * cosine) + (noise * luck.Normal0), (Radius * sine) + (noise * luck.Normal1), label);
    }
}
