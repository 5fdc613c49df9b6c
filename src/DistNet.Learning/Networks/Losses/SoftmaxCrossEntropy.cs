using System.Numerics;
using System.Runtime.InteropServices;
using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>-log softmax(x)[class], with the largest output subtracted first so that nothing overflows; gradient softmax(x) - one-hot.</summary>
internal sealed class SoftmaxCrossEntropy(int outputs) : Loss(outputs)
{
    protected override float Threshold => 0;

    public override double Evaluate(ReadOnlySpan<float> row, int label, Span<float> gradient)
    {
        var (largest, sum) = Softmax(row, gradient);
        gradient[label] -= 1;
        return Math.Log(sum) - ((double)row[label] - largest);
    }

    public override void Predict(ReadOnlySpan<float> row, Span<float> prediction) => Softmax(row, prediction);

    private (float Largest, double Sum) Softmax(ReadOnlySpan<float> row, Span<float> probabilities)
    {
        var largest = Largest(row);
        var source = MemoryMarshal.Cast<float, Vector<float>>(row);
        var target = MemoryMarshal.Cast<float, Vector<float>>(probabilities);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = VectorFunctions.Exp(source[i] - new Vector<float>(largest));
        }

        probabilities[Outputs..].Clear();
        var sum = FixedOrderSum.Of(probabilities[..Outputs]);
        var scale = new Vector<float>((float)(1 / sum));
        for (var i = 0; i < target.Length; i++)
        {
            target[i] *= scale;
        }

        return (largest, sum);
    }

    private float Largest(ReadOnlySpan<float> row)
    {
        var largest = row[0];
        for (var i = 1; i < Outputs; i++)
        {
            largest = MathF.Max(largest, row[i]);
        }

        return largest;
    }
}
