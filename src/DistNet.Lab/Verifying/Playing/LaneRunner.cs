using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Lab;

/// <summary>Computes gradients that may differ from lane to lane. For workers that host one lane each, and units of one sample. The loss is not told.</summary>
internal sealed class LaneRunner(RunPlan plan, LaneGradient function) : IWorkRunner
{
    private readonly float[] _gradient = new float[plan.Layout.Length];

    public bool Run(NetworkWork order, IWorkSink sink)
    {
        var gradient = (GradientOrder)order;
        var lane = gradient.Nodes.Single();
        if (!lane.IsLeaf)
        {
            throw new InvalidOperationException("A lane's gradient is asked for, and got those of several together.");
        }

        function(gradient.Step, lane.First, order.Parameters.Span[.._gradient.Length], _gradient);
        gradient.Results.Add(new NodeResult(0, 1));
        foreach (ref readonly var band in plan.Layout.Bands)
        {
            _gradient.AsSpan(band.Offset, band.Length).CopyTo(gradient.Rent(band.Index, 0, band.Length).Span);
        }

        for (var band = plan.Layout.Bands.Length - 1; band >= 0; band--)
        {
            sink.OnYielded(gradient, band);
        }

        return true;
    }

    public void Dispose()
    {
    }
}
