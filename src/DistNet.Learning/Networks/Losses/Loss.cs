using System.Diagnostics;

namespace DistNet.Learning;

/// <summary>
/// A loss of one row of outputs. Rows come padded (<see cref="Padding"/>); only the first outputs count. The target is the class
/// of the sample: one-hot over several outputs, the number 0 or 1 with a single one.
/// </summary>
internal abstract class Loss(int outputs)
{
    protected int Outputs { get; } = outputs;

    public static Loss Of(LossKind kind, int outputs) => kind switch
    {
        LossKind.SoftmaxCrossEntropy => new SoftmaxCrossEntropy(outputs),
        LossKind.SigmoidCrossEntropy => new SigmoidCrossEntropy(outputs),
        LossKind.SquaredError => new SquaredError(outputs),
        _ => throw new UnreachableException(),
    };

    /// <summary>The loss of a row; writes its gradient with respect to the outputs, and zeros past them.</summary>
    public abstract double Evaluate(ReadOnlySpan<float> row, int label, Span<float> gradient);

    /// <summary>Writes what the outputs mean: probabilities, or the outputs themselves for <see cref="LossKind.SquaredError"/>.</summary>
    public abstract void Predict(ReadOnlySpan<float> row, Span<float> prediction);

    /// <summary>The class predicted: the largest output, or with one output whether it is past <see cref="Threshold"/>.</summary>
    public int Class(ReadOnlySpan<float> row)
    {
        if (Outputs == 1)
        {
            return row[0] > Threshold ? 1 : 0;
        }

        var best = 0;
        for (var i = 1; i < Outputs; i++)
        {
            best = row[i] > row[best] ? i : best;
        }

        return best;
    }

    /// <summary>Between class 0 and class 1 where there is one output.</summary>
    protected abstract float Threshold { get; }

    protected float Target(int output, int label) => Outputs == 1 ? label : output == label ? 1 : 0;
}
