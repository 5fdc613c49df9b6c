using System.Runtime.Intrinsics;

namespace DistNet.Learning;

/// <summary>
/// From a summed gradient to what the optimiser takes, in place, on any range of the vector: divide by the samples, clip
/// each element, scale to the clipped norm, add the penalty - in this order. Clipping the norm needs the norm of the
/// whole vector (<see cref="BlockNorms"/>), so the work is in two halves with the norm between them.
/// A gradient that is not a number stays so: nothing here hides it.
/// </summary>
public static class GradientPreparation
{
    /// <summary>First half: divides by <paramref name="samples"/> and clips each element.</summary>
    /// <param name="sum">Sum of the gradients of the update's samples.</param>
    /// <param name="gradient">Where the result goes; may be the same memory.</param>
    /// <param name="samples">Samples of the update, or 1 where the loss is their sum.</param>
    /// <param name="clipping">Its Value is used; its Norm is not.</param>
    public static void BeforeNorm(ReadOnlySpan<float> sum, Span<float> gradient, float samples, ClippingSpec clipping)
    {
        ElementLoop.Run(new Divide(samples), sum, sum, gradient);
        if (clipping.Value is { } limit)
        {
            ElementLoop.Run(new Clip(limit), gradient, gradient, gradient);
        }
    }

    /// <summary>Second half: multiplies by the clipping factor and adds the penalty's gradient.</summary>
    /// <param name="gradient">What the first half left.</param>
    /// <param name="weights">The weights of the same range, before the update.</param>
    /// <param name="clipFactor">From <see cref="BlockNorms.ClipFactor"/>; 1 where the norm is not clipped.</param>
    /// <param name="penalty">Null for a range of biases, and for AdamW's l2.</param>
    public static void AfterNorm(Span<float> gradient, ReadOnlySpan<float> weights, float clipFactor, PenaltySpec? penalty)
    {
        if (clipFactor != 1)
        {
            ElementLoop.Run(new Scale(clipFactor), gradient, gradient, gradient);
        }

        if (penalty is not null && penalty != PenaltySpec.None)
        {
            ElementLoop.Run(new AddPenalty(penalty), weights, gradient, gradient);
        }
    }

    private readonly struct Divide(float samples) : IElementRule
    {
        public static int SlotCount => 0;

        public Vector256<float> Next(
            Vector256<float> weight, Vector256<float> gradient, ref Vector256<float> slot0, ref Vector256<float> slot1) =>
            gradient / samples;
    }

    private readonly struct Clip(float limit) : IElementRule
    {
        public static int SlotCount => 0;

        public Vector256<float> Next(
            Vector256<float> weight, Vector256<float> gradient, ref Vector256<float> slot0, ref Vector256<float> slot1) =>
            Vector256.Max(Vector256.Create(-limit), Vector256.Min(Vector256.Create(limit), gradient));
    }

    private readonly struct Scale(float factor) : IElementRule
    {
        public static int SlotCount => 0;

        public Vector256<float> Next(
            Vector256<float> weight, Vector256<float> gradient, ref Vector256<float> slot0, ref Vector256<float> slot1) =>
            factor * gradient;
    }

    /// <summary>g + (l2 w + l1 sign(w)), where sign(0) is 0.</summary>
    private readonly struct AddPenalty(PenaltySpec penalty) : IElementRule
    {
        private readonly float _l2 = penalty.L2;
        private readonly float _l1 = penalty.L1;

        public static int SlotCount => 0;

        public Vector256<float> Next(
            Vector256<float> weight, Vector256<float> gradient, ref Vector256<float> slot0, ref Vector256<float> slot1)
        {
            var zero = Vector256<float>.Zero;
            var positive = Vector256.ConditionalSelect(Vector256.GreaterThan(weight, zero), Vector256.Create(_l1), zero);
            var negative = Vector256.ConditionalSelect(Vector256.LessThan(weight, zero), Vector256.Create(_l1), zero);
            return gradient + ((_l2 * weight) + (positive - negative));
        }
    }
}
