namespace DistNet.Learning;

/// <summary>What an update is given besides its numbers.</summary>
/// <param name="Rate">The learning rate of this update.</param>
/// <param name="Step">Number of this update, from 1; Adam corrects its moments' bias by it.</param>
/// <param name="WeightDecay">Decoupled decay, read by AdamW only; 0 for a range of biases.</param>
public readonly record struct UpdateContext(float Rate, long Step, float WeightDecay = 0);
