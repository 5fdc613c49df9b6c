namespace DistNet.Learning;

/// <summary>Sum over outputs of (y - t)^2 / 2; gradient y - t.</summary>
internal sealed class SquaredError(int outputs) : Loss(outputs)
{
    protected override float Threshold => 0.5f;

    public override double Evaluate(ReadOnlySpan<float> row, int label, Span<float> gradient)
    {
        gradient.Clear();
        var sum = 0.0;
        for (var i = 0; i < Outputs; i++)
        {
            gradient[i] = row[i] - Target(i, label);
            sum += (double)gradient[i] * gradient[i] / 2;
        }

        return sum;
    }

    public override void Predict(ReadOnlySpan<float> row, Span<float> prediction) => row.CopyTo(prediction);
}
