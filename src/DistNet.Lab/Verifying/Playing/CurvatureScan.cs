using DistNet.Protocol;

namespace DistNet.Lab;

/// <summary>
/// Many quadratics in one run: coordinate i of the weights is descended on h_i w_i^2 / 2, with curvatures at equal distances. Tells which of them decay: those
/// whose squares sum to less over the last quarter of the run than over the quarter before.
/// </summary>
/// <param name="low">Curvatures lie above this.</param>
/// <param name="step">Distance from one to the next.</param>
/// <param name="updates">Length of the run.</param>
internal sealed class CurvatureScan(double low, double step, int updates) : Probe
{
    /// <summary>Curvatures in a scan.</summary>
    public const int Count = 256;

    /// <summary>What has grown so far has diverged; it is left alone, lest it become infinite.</summary>
    private const float Diverged = 1e15f;

    /// <summary>What is left are numbers so small that they cannot become smaller.</summary>
    private const double Decayed = 1e-40;

    private readonly double[] _before = new double[Count];
    private readonly double[] _after = new double[Count];
    private WeightsProbe? _weights;

    public long Updates => updates;

    public double CurvatureOf(int coordinate) => low + (step * (coordinate + 1));

    /// <summary>The first coordinate that does not decay.</summary>
    public int FirstUnstable
    {
        get
        {
            var first = 0;
            while (first < Count && (_after[first] < _before[first] || _after[first] < Decayed))
            {
                first++;
            }

            return first;
        }
    }

    public void Gradient(long batch, int lane, ReadOnlySpan<float> weights, Span<float> gradient)
    {
        for (var i = 0; i < Count; i++)
        {
            gradient[i] = Math.Abs(weights[i]) < Diverged ? (float)(CurvatureOf(i) * weights[i]) : 0;
        }
    }

    public override void OnInput(ActorId actor, in Input input) => (_weights ??= new WeightsProbe(Add)).OnInput(actor, input);

    private void Add(long version, ReadOnlySpan<float> weights)
    {
        if (version < updates / 2)
        {
            return;
        }

        var sums = version < updates * 3L / 4 ? _before : _after;
        for (var i = 0; i < Count; i++)
        {
            sums[i] += Math.Abs(weights[i]) < Diverged ? (double)weights[i] * weights[i] : double.PositiveInfinity;
        }
    }
}
