using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DistNet.Learning;

/// <summary>
/// What happens to one element, written on eight at a time. Only operations that IEEE 754 rounds exactly (+ - * / sqrt)
/// and selections: then a result's bits depend neither on its place in a range nor on the processor's vectors.
/// Multiplications and additions are written apart; the runtime never fuses them.
/// Slots below the smallest normal number become zero: the velocity of a weight without gradient (a dark pixel's, a dead unit's) would decay to a
/// denormal and stay one, and processors need a hundred times as long for those.
/// </summary>
internal interface IElementRule
{
    /// <summary>How many of the two slots are read and written.</summary>
    public static abstract int SlotCount { get; }

    /// <summary>The element's new value; slots are updated in place.</summary>
    public Vector256<float> Next(
        Vector256<float> weight, Vector256<float> gradient, ref Vector256<float> slot0, ref Vector256<float> slot1);
}

/// <summary>Applies a rule to ranges, in one pass and without allocation. The result may be one of the inputs.</summary>
internal static class ElementLoop
{
    private const float SmallestNormal = 1.17549435e-38f;

    private static int Width => Vector256<float>.Count;

    public static void Run<TRule>(
        TRule rule,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> gradient,
        Span<float> result,
        Span<float> slot0 = default,
        Span<float> slot1 = default)
        where TRule : struct, IElementRule
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, result.Length, nameof(weights));
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, result.Length, nameof(gradient));
        ArgumentOutOfRangeException.ThrowIfNotEqual(slot0.Length, TRule.SlotCount > 0 ? result.Length : 0, nameof(slot0));
        ArgumentOutOfRangeException.ThrowIfNotEqual(slot1.Length, TRule.SlotCount > 1 ? result.Length : 0, nameof(slot1));
        var whole = result.Length - (result.Length % Width);
        WholeVectors(rule, weights, gradient, result[..whole], slot0, slot1);
        if (whole < result.Length)
        {
            Tail(
                rule,
                weights[whole..],
                gradient[whole..],
                result[whole..],
                TRule.SlotCount > 0 ? slot0[whole..] : default,
                TRule.SlotCount > 1 ? slot1[whole..] : default);
        }
    }

    private static void WholeVectors<TRule>(
        TRule rule,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> gradient,
        Span<float> result,
        Span<float> slot0,
        Span<float> slot1)
        where TRule : struct, IElementRule
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var g = ref MemoryMarshal.GetReference(gradient);
        ref var r = ref MemoryMarshal.GetReference(result);
        ref var s0 = ref MemoryMarshal.GetReference(slot0);
        ref var s1 = ref MemoryMarshal.GetReference(slot1);
        for (nuint i = 0; i < (nuint)result.Length; i += (nuint)Width)
        {
            var first = TRule.SlotCount > 0 ? Vector256.LoadUnsafe(ref s0, i) : default;
            var second = TRule.SlotCount > 1 ? Vector256.LoadUnsafe(ref s1, i) : default;
            var next = rule.Next(Vector256.LoadUnsafe(ref w, i), Vector256.LoadUnsafe(ref g, i), ref first, ref second);
            next.StoreUnsafe(ref r, i);
            if (TRule.SlotCount > 0)
            {
                WithoutDenormals(first).StoreUnsafe(ref s0, i);
            }

            if (TRule.SlotCount > 1)
            {
                WithoutDenormals(second).StoreUnsafe(ref s1, i);
            }
        }
    }

    /// <summary>Fewer than eight elements go through the same vector code, padded: the same arithmetic by construction.</summary>
    private static void Tail<TRule>(
        TRule rule,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> gradient,
        Span<float> result,
        Span<float> slot0,
        Span<float> slot1)
        where TRule : struct, IElementRule
    {
        var first = Load(slot0);
        var second = Load(slot1);
        var next = rule.Next(Load(weights), Load(gradient), ref first, ref second);
        Store(next, result);
        Store(WithoutDenormals(first), slot0);
        Store(WithoutDenormals(second), slot1);
    }

    private static Vector256<float> WithoutDenormals(Vector256<float> slot) => Vector256.ConditionalSelect(
        Vector256.LessThan(Vector256.Abs(slot), Vector256.Create(SmallestNormal)), Vector256<float>.Zero, slot);

    private static Vector256<float> Load(ReadOnlySpan<float> values)
    {
        Span<float> padded = stackalloc float[Width];
        padded.Clear();
        values.CopyTo(padded);
        return Vector256.Create<float>(padded);
    }

    private static void Store(Vector256<float> vector, Span<float> values)
    {
        Span<float> padded = stackalloc float[Width];
        vector.CopyTo(padded);
        padded[..values.Length].CopyTo(values);
    }
}
