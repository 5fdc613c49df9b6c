namespace DistNet.Learning;

/// <summary>Which step of which run is computed: the key of its dropout.</summary>
public readonly record struct TrainingStep(ulong Seed, int Epoch, int Step);
