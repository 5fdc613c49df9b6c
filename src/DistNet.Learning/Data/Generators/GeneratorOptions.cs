namespace DistNet.Learning;

/// <summary>What a generated data set can be told; null: the generator's own default.</summary>
/// <param name="Samples">How many samples, at least the number of classes.</param>
/// <param name="Noise">Standard deviation of the noise, at least 0.</param>
/// <param name="Seed">The run's seed: equal options give equal data.</param>
public sealed record GeneratorOptions(int? Samples = null, float? Noise = null, ulong Seed = 1);
