using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Protocol;
using DistNet.Simulation;

namespace DistNet.Lab;

/// <summary>Where plays are carried out. Several threads may.</summary>
/// <param name="subject">What is judged.</param>
/// <param name="seed">Of all plays: rules that are compared meet the same service times.</param>
/// <param name="stop">Ends it all.</param>
internal sealed class Bench(Subject subject, ulong seed, CancellationToken stop)
{
    public ulong Seed => seed;

    /// <summary>Plays to the end.</summary>
    /// <exception cref="TrainingFailedException">It did not come to its end.</exception>
    public SimulationResult Run(Play play, params Probe[] probes)
    {
        var result = TryRun(play, probes);
        return result.Failure is null ? result : throw new TrainingFailedException($"{play.Rule}, {play.Lanes} lanes: {result.Failure}");
    }

    /// <summary>Plays; a run that diverges is a result like any other.</summary>
    public SimulationResult TryRun(Play play, params Probe[] probes)
    {
        var setup = Setup(play) with { Wrap = (id, actor) => Wrapped(play, id, actor) };
        var result = Simulator.Run(Probe.Attach(setup, probes), Unwatched.Instance, stop).Result;
        stop.ThrowIfCancellationRequested();
        return result;
    }

    private IActor Wrapped(Play play, ActorId id, IActor actor)
    {
        var judged = subject.Wrap(id, actor);
        return play.InTurns && id == ActorId.Sequencer ? new Turns(judged, play.Lanes) : judged;
    }

    private SimulationSetup Setup(Play play)
    {
        var plan = StandIn.Plan(play.Objective, play.Lanes, play.Servers, seed) with
        {
            Rules = subject.Rules(play.Rule, play.Lanes),
            Correction = play.Correction,
            Optimizer = play.Optimizer,
            LearningRate = new LearningRateSpec((float)play.Rate),
            Steps = play.Updates,
        };
        var service = new ServiceModel { Law = play.Service, SlowDown = play.SlowDown };
        var setup = SimulationSetup.Of(play.Objective, plan, service);
        return play.Gradient is { } gradient ? setup with { CreateRunner = real => new LaneRunner(real, gradient) } : setup;
    }
}
