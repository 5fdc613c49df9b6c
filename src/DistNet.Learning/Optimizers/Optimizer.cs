namespace DistNet.Learning;

/// <summary>
/// An update rule of one element, applied to ranges of the parameter vector. Holds no state of a run: slots (velocity,
/// moments) are the caller's memory, as long as the weights and zero before the first update. The bits of a result do
/// not depend on how the vector is cut into ranges.
/// Penalties and clipping are not done here: see <see cref="GradientPreparation"/>.
/// </summary>
public abstract class Optimizer
{
    private protected Optimizer(params string[] slotNames) => SlotNames = slotNames;

    /// <summary>What the slots are, in the order of <see cref="Apply"/>; the names under which checkpoints store them.</summary>
    public IReadOnlyList<string> SlotNames { get; }

    /// <summary>Floats of state for each weight: 0, 1 or 2.</summary>
    public int SlotCount => SlotNames.Count;

    public static Optimizer Create(OptimizerSpec spec) => spec.Kind switch
    {
        OptimizerKind.Sgd => new SgdOptimizer(),
        OptimizerKind.Momentum => new MomentumOptimizer(spec),
        OptimizerKind.Nesterov => new NesterovOptimizer(spec),
        OptimizerKind.Adagrad => new AdagradOptimizer(spec),
        OptimizerKind.RmsProp => new RmsPropOptimizer(spec),
        OptimizerKind.Adam => new AdamOptimizer(spec),
        OptimizerKind.AdamW => new AdamWOptimizer(spec),
        _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Kind, "unknown optimiser"),
    };

    /// <summary>Writes the updated weights and updates the slots in place.</summary>
    /// <param name="weights">Weights before the update.</param>
    /// <param name="gradient">Gradient of the mean loss, clipped and with penalties added.</param>
    /// <param name="newWeights">Weights after the update; may be the same memory as <paramref name="weights"/>, may not
    /// overlap it otherwise.</param>
    /// <param name="slot0">First slot; empty when <see cref="SlotCount"/> is 0.</param>
    /// <param name="slot1">Second slot; empty when <see cref="SlotCount"/> is below 2.</param>
    /// <param name="context">Rate and number of the update.</param>
    /// <exception cref="ArgumentOutOfRangeException">Lengths differ.</exception>
    public abstract void Apply(
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> gradient,
        Span<float> newWeights,
        Span<float> slot0,
        Span<float> slot1,
        in UpdateContext context);
}
