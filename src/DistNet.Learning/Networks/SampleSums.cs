namespace DistNet.Learning;

/// <summary>Sums over samples: of the loss, and of those whose class is predicted right.</summary>
public readonly record struct SampleSums(double Loss, int Correct, int Samples)
{
    public static SampleSums operator +(SampleSums left, SampleSums right) =>
        new(left.Loss + right.Loss, left.Correct + right.Correct, left.Samples + right.Samples);
}
