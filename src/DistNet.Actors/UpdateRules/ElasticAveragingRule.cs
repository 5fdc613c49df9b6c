using System.Globalization;

namespace DistNet.Actors;

/// <summary>
/// Asynchronous EASGD (Zhang, Choromanska, LeCun 2015, arXiv 1412.6651): each lane has weights x of its own, and the parameters are the center c.
/// A unit is x' = x - rate g(x) - a (x - c), and c' = c + a (x - c), with the c that the lane read; each unit is an update.
/// </summary>
public sealed class ElasticAveragingRule(float elasticity) : FreeRunningRule
{
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"easgd:{elasticity}");

    public override float Elasticity => elasticity;

    public override LaneWeightsKind LaneWeights => LaneWeightsKind.Elastic;

    public override int UnitsPerUpdate(int lanes) => 1;
}
