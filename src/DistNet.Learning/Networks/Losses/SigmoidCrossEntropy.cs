using System.Numerics;
using System.Runtime.InteropServices;
using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>
/// Sum over outputs of -t log s(x) - (1 - t) log(1 - s(x)), as max(x, 0) - x t + log(1 + e^-|x|), which does not overflow;
/// gradient s(x) - t.
/// </summary>
internal sealed class SigmoidCrossEntropy(int outputs) : Loss(outputs)
{
    protected override float Threshold => 0;

    public override double Evaluate(ReadOnlySpan<float> row, int label, Span<float> gradient)
    {
        Predict(row, gradient);
        var sum = 0.0;
        for (var i = 0; i < Outputs; i++)
        {
            double x = row[i], target = Target(i, label);
            gradient[i] -= (float)target;
            sum += Math.Max(x, 0) - (x * target) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
        }

        return sum;
    }

    public override void Predict(ReadOnlySpan<float> row, Span<float> prediction)
    {
        var source = MemoryMarshal.Cast<float, Vector<float>>(row);
        var target = MemoryMarshal.Cast<float, Vector<float>>(prediction);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = VectorFunctions.Sigmoid(source[i]);
        }

        prediction[Outputs..].Clear();
    }
}
