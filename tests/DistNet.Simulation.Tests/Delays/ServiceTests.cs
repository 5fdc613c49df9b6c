using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>What workers of a run take for their orders.</summary>
public sealed class ServiceTests
{
    private static readonly DelayLaw Law = DelayLaw.Shifted(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));

    [Fact]
    public void The_times_of_a_worker_do_not_depend_on_the_others()
    {
        var alone = Times(new ServiceModel { Law = Law });
        var beside = Times(new ServiceModel
        {
            Law = Law,
            LawOf = new Dictionary<int, DelayLaw> { [0] = DelayLaw.Constant(TimeSpan.FromMilliseconds(3)) },
            SlowDown = new Dictionary<int, double> { [1] = 2 },
        });
        beside[0].ShouldAllBe(time => time == TimeSpan.FromMilliseconds(3));
        beside[1].ShouldBe(alone[1].Take(beside[1].Count).Select(time => time * 2));
        beside[2][..20].ShouldBe(alone[2][..20]);
        alone[1].ShouldNotBe(alone[2]);
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(2, 2)]
    [InlineData(1, 4)]
    public void Lanes_computed_together_take_so_many_times_as_long(int workers, int lanesEach)
    {
        var setup = Simulated.Setup(new NoObjective(), "bsp", 4, 10, DelayLaw.Constant(TimeSpan.FromMilliseconds(5)));
        var run = Simulated.Run(setup with { Workers = workers });
        run.Result.VirtualTime.ShouldBe(TimeSpan.FromMilliseconds(50 * lanesEach));
    }

    private static List<TimeSpan>[] Times(ServiceModel service)
    {
        var watcher = new Watcher();
        var setup = Simulated.Setup(new NoObjective(), "asp", 3, 200, Law);
        Simulated.Run(setup with { Options = setup.Options with { Service = service }, Watcher = watcher });
        return watcher.Times;
    }

    private sealed class Watcher : ISimulationWatcher
    {
        public List<TimeSpan>[] Times { get; } = [[], [], []];

        public void OnDelivered(TimeSpan sent, TimeSpan now, Envelope message)
        {
        }

        public void OnWorked(int worker, NetworkWork order, TimeSpan started, TimeSpan now, bool cancelled) => Times[worker].Add(now - started);
    }
}
