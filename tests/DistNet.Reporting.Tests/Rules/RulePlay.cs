using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Simulation;

namespace DistNet.Reporting.Tests;

/// <summary>A while of a simulated run under a rule: four workers, the last slower. The n-th unit of a worker takes as long under every rule.</summary>
internal sealed class RulePlay : ISimulationWatcher
{
    public const int Workers = 4;
    public const double Milliseconds = 120;
    public const double SlowDown = 1.5;

    private readonly List<Unit> _units = [];
    private readonly List<double> _updates = [];

    private RulePlay()
    {
    }

    /// <summary>What workers did, in the order of its end.</summary>
    public IReadOnlyList<Unit> Units => _units;

    /// <summary>When an update was applied.</summary>
    public IReadOnlyList<double> Updates => _updates;

    public static RulePlay Of(string rule)
    {
        var play = new RulePlay();
        var plan = StandIn.Plan(new NoObjective(), Workers, seed: 7) with
        {
            Rules = RuleSchedule.Parse(rule, Workers),
            Optimizer = new Learning.OptimizerSpec(Learning.OptimizerKind.Sgd),
            Steps = 80,
        };
        var service = new ServiceModel { Law = DelayLawText.Parse("shifted:5ms+5ms"), SlowDown = new Dictionary<int, double> { [Workers - 1] = SlowDown } };
        var setup = SimulationSetup.Of(new NoObjective(), plan, service) with { Watcher = play, Observer = play.OnObserved };
        Simulator.Run(setup, Unwatched.Instance).Result.Failure.ShouldBeNull();
        return play;
    }

    public void OnWorked(int worker, NetworkWork order, TimeSpan started, TimeSpan now, bool cancelled)
    {
        if (order is GradientOrder)
        {
            _units.Add(new Unit(worker, order.Version, started.TotalMilliseconds, now.TotalMilliseconds, cancelled));
        }
    }

    public void OnDelivered(TimeSpan sent, TimeSpan now, Envelope message)
    {
    }

    private void OnObserved(TimeSpan now, Envelope observation)
    {
        if (observation is Envelope<Advanced>)
        {
            _updates.Add(now.TotalMilliseconds);
        }
    }

    /// <param name="Worker">Whose.</param>
    /// <param name="Version">What it was computed from.</param>
    /// <param name="From">When it began, in milliseconds.</param>
    /// <param name="To">When it ended.</param>
    /// <param name="IsCancelled">Nothing came of it.</param>
    internal readonly record struct Unit(int Worker, long Version, double From, double To, bool IsCancelled);
}
