using BenchmarkDotNet.Attributes;
using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.Benchmarks;

/// <summary>Softmax, cross-entropy and their gradient on the outputs of a batch, 128 x 10.</summary>
public class LossBenchmarks
{
    private const int Rows = 128;
    private const int Outputs = 10;

    private readonly int _stride = Padding.Of(Outputs);
    private readonly float[] _outputs;
    private readonly float[] _gradient;
    private readonly Loss _loss = Loss.Of(LossKind.SoftmaxCrossEntropy, Outputs);

    public LossBenchmarks()
    {
        _outputs = new float[Rows * _stride];
        _gradient = new float[Rows * _stride];
        Luck.Key(1, LuckPurpose.Generator).Uniform(0, _outputs);
    }

    [Benchmark]
    public double Softmax()
    {
        var sum = 0.0;
        for (var row = 0; row < Rows; row++)
        {
            sum += _loss.Evaluate(_outputs.AsSpan(row * _stride, _stride), row % Outputs, _gradient.AsSpan(row * _stride, _stride));
        }

        return sum;
    }
}
