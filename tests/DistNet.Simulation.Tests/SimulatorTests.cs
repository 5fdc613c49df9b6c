using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>Whole runs on the virtual clock against what theory says of them.</summary>
public sealed class SimulatorTests
{
    private static readonly DelayLaw Exponential = DelayLaw.Exponential(TimeSpan.FromSeconds(1));

    /// <summary>E[T] = H_P for unit rate; the variance of the longest of P is the sum of 1/i^2.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    public void A_synchronous_step_lasts_as_long_as_its_slowest_worker(int workers)
    {
        const int Steps = 4000;
        var run = Simulated.Run(Simulated.Setup(new NoObjective(), "bsp", workers, Steps, Exponential));
        var harmonic = Enumerable.Range(1, workers).Sum(i => 1.0 / i);
        var error = Math.Sqrt(Enumerable.Range(1, workers).Sum(i => 1.0 / (i * i)) / Steps);
        (run.Result.VirtualTime.TotalSeconds / Steps).ShouldBe(harmonic, 4 * error);
    }

    /// <summary>Each update ages the other P - 1 gradients in flight by one, whatever the law; the first P have not been aged in full.</summary>
    [Theory]
    [InlineData("exp:1s")]
    [InlineData("shifted:1s+1s")]
    [InlineData("constant:1s")]
    public void Asynchronous_staleness_is_the_number_of_other_workers(string law)
    {
        const int Workers = 8;
        const int Updates = 20_000;
        var run = Simulated.Run(Simulated.Setup(new NoObjective(), "asp", Workers, Updates, DelayLawText.Parse(law)));
        run.Result.Summary!.StalenessMean.ShouldBe(Workers - 1, 0.01);
    }

    [Fact]
    public void Asynchronous_updates_come_at_the_workers_rates()
    {
        const int Updates = 20_000;
        var setup = Simulated.Setup(new NoObjective(), "asp", 5, Updates, Exponential);
        var service = setup.Options.Service with { SlowDown = new Dictionary<int, double> { [0] = 4 } };
        var run = Simulated.Run(setup with { Options = setup.Options with { Service = service } });
        (Updates / run.Result.VirtualTime.TotalSeconds).ShouldBe(4.25, 4 * 4.25 / Math.Sqrt(Updates));
    }

    [Theory]
    [InlineData("asp")]
    [InlineData("bsp")]
    public void The_same_seed_gives_the_same_inputs_and_another_seed_others(string rule)
    {
        var setup = Simulated.Setup(new QuadraticObjective { Noise = 1 }, rule, 6, 300, Exponential);
        Inputs(setup).ShouldBe(Inputs(setup));
        Inputs(Simulated.Setup(new QuadraticObjective { Noise = 1 }, rule, 6, 300, Exponential, seed: 2)).ShouldNotBe(Inputs(setup));
    }

    /// <summary>Shared memory is a matter of speed.</summary>
    [Theory]
    [InlineData("asp")]
    [InlineData("bsp")]
    public void Nodes_with_a_memory_of_their_own_have_the_same_run(string rule)
    {
        var setup = Simulated.Setup(new QuadraticObjective { Noise = 1 }, rule, 6, 300, Exponential);
        var shared = Simulated.Run(setup).Result;
        var apart = Simulated.Run(setup with { Options = setup.Options with { SharesMemory = false } }).Result;
        (apart with { Summary = null }).ShouldBe(shared with { Summary = null });
    }

    [Fact]
    public void A_run_that_is_asked_to_end_ends_early_and_in_good_order()
    {
        using var stop = new CancellationTokenSource();
        var setup = Simulated.Setup(new NoObjective(), "asp", 4, 1_000_000, Exponential) with
        {
            Observer = (_, envelope) =>
            {
                if (envelope is Envelope<Advanced> { Message.Version: 1000 })
                {
                    stop.Cancel();
                }
            },
        };
        var summary = Simulator.Run(setup, Unwatched.Instance, stop.Token).Result.Summary.ShouldNotBeNull();
        summary.Stopped.ShouldBeTrue();
        summary.Version.ShouldBeInRange(1000, 20_000);
    }

    [Fact]
    public void Faults_need_nodes_with_a_memory_of_their_own()
    {
        var setup = Simulated.Setup(new NoObjective(), "asp", 2, 10, Exponential);
        var kill = new Kill(TimeSpan.FromSeconds(1), new NodeName(Role.Worker, 0), TimeSpan.Zero);
        Should.Throw<ArgumentException>(() => Simulated.Run(setup with { Options = setup.Options with { Kills = [kill] } }));
    }

    [Fact]
    public void Who_waits_for_ever_is_found_out()
    {
        var setup = Simulated.Setup(new NoObjective(), "bsp", 2, 10, Exponential) with { Wrap = (id, actor) => id == ActorId.Worker(1) ? new Mute() : actor };
        Simulator.Run(setup, Unwatched.Instance).Result.Failure.ShouldNotBeNull().ShouldStartWith("hangs");
    }

    private static List<string> Inputs(SimulationSetup setup)
    {
        var inputs = new List<string>();
        Simulated.Run(setup with { Tracer = (actor, input) => inputs.Add($"{input.Now} {actor} {input.Kind} {(input.Body as Envelope)?.From}") });
        return inputs;
    }

    /// <summary>Joins and then does nothing: it forwards to nobody.</summary>
    private sealed class Mute : IActor
    {
        private long _incarnation;

        public void Handle(in Input input, Outbox outbox)
        {
            _incarnation = input.Kind == InputKind.Started ? input.Number : _incarnation;
            if (input.Kind == InputKind.PeerUp && input.Peer.Role == Role.Coordinator)
            {
                outbox.Send(input.Peer, new Join(_incarnation, 0, null));
            }
            else if (input.Kind == InputKind.Message)
            {
                input.Envelope.Tensor.Release();
            }
        }
    }
}
