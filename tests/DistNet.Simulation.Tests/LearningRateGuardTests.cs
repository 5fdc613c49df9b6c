using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>Runs whose curvature is known, and what the guard says of them.</summary>
public sealed class LearningRateGuardTests
{
    private const int Lanes = 8;
    private const double Curvature = 2.5;

    private static readonly QuadraticObjective Noisy = new() { Lambda = Curvature, Length = 3, Noise = 1 };

    /// <summary>With constant service times asp is a round robin, and every staleness is P - 1: the limit is that of the theory.</summary>
    [Theory]
    [InlineData(0.95, false)]
    [InlineData(1.05, true)]
    public void It_warns_above_the_limit_and_names_it(double part, bool warns)
    {
        var limit = 0.2091 / Curvature;
        var run = Guarded(Setup(Noisy, "asp", (float)(part * limit), DelayLaw.Constant(TimeSpan.FromSeconds(1))));
        run.Judged.ShouldAllBe(judged => Math.Abs(judged.Verdict.Curvature - Curvature) < 1e-2);
        run.Judged.ShouldAllBe(judged => Math.Abs(judged.Verdict.StableRate - limit) < 1e-2 * limit);
        run.Judged[0].Version.ShouldBe(0, "it is known before anything is spoiled");
        run.Judged.Count(judged => judged.Warns).ShouldBe(warns ? 1 : 0);
        run.Asynchrony.Curvature!.Value.ShouldBe(Curvature, 1e-2);
        run.Asynchrony.StableLearningRate!.Value.ShouldBe(limit, 1e-2 * limit);
    }

    /// <summary>Latencies are drawn, and some delays tie: whatever is drawn or ordered otherwise would show.</summary>
    [Theory]
    [InlineData("asp", true)]
    [InlineData("kasync:3", false)]
    [InlineData("ssp:2", true)]
    public void It_changes_nothing_of_the_run(string rule, bool ties)
    {
        var law = ties ? DelayLaw.Constant(TimeSpan.FromSeconds(1)) : DelayLaw.Exponential(TimeSpan.FromSeconds(1));
        var setup = Setup(Noisy, rule, 0.02f, law);
        setup = setup with { Options = setup.Options with { Links = new LinkModel { Latency = DelayLaw.Exponential(TimeSpan.FromMilliseconds(ties ? 0 : 50)) } } };
        var guarded = Guarded(setup);
        var alone = Guarded(setup, withholds: static envelope => envelope is Envelope<Probe>);
        guarded.Judged.ShouldNotBeEmpty();
        alone.Judged.ShouldBeEmpty();
        guarded.Updates.ShouldBe(alone.Updates);
        guarded.Hash.ShouldBe(alone.Hash);
    }

    [Theory]
    [InlineData("bsp")]
    [InlineData("easgd:0.1")]
    public void Nobody_is_asked_where_the_limit_means_nothing(string rule) =>
        Guarded(Setup(Noisy, rule, 1, DelayLaw.Constant(TimeSpan.FromSeconds(1)), updates: 20), withholds: static envelope =>
            envelope is Envelope<Probe> ? throw new InvalidOperationException("A worker was asked.") : false).Judged.ShouldBeEmpty();

    [Fact]
    public void Where_nothing_is_computed_there_is_no_curvature_to_speak_of() =>
        Guarded(Setup(new NoObjective(), "asp", 1, DelayLaw.Constant(TimeSpan.FromSeconds(1)))).Asynchrony.Curvature.ShouldBeNull();

    [Fact]
    public void Of_a_logistic_regression_it_says_what_its_hessian_has_at_most()
    {
        // At w = 0 the Hessian is the mean of x x' / 4 over standard normal x: the identity over 4, and somewhat more for what is a sample.
        var logistic = new LogisticObjective { Length = 5, Samples = 2000 };
        var setup = Setup(logistic, "asp", 0.01f, DelayLaw.Constant(TimeSpan.FromSeconds(1)), unitSamples: 200);
        Guarded(setup).Judged[0].Verdict.Curvature.ShouldBe(0.26, 0.03);
    }

    /// <summary>Every other question and answer is lost, and the worker that is asked dies in the middle of it.</summary>
    [Fact]
    public void What_is_lost_costs_an_estimate_and_nothing_else()
    {
        var count = 0;
        var setup = Setup(Noisy, "asp", 0.02f, DelayLaw.Exponential(TimeSpan.FromSeconds(1)), updates: 20_000);
        setup = setup with
        {
            Options = setup.Options with
            {
                SharesMemory = false,
                Kills = [new Kill(TimeSpan.FromSeconds(100), new NodeName(Role.Worker, 0), TimeSpan.FromSeconds(1))],
            },
        };
        var run = Guarded(setup, withholds: envelope => envelope is Envelope<Probe> or Envelope<Probed> && count++ % 2 == 1);
        count.ShouldBeGreaterThan(2);
        run.Samples.ShouldBe(20_000);
    }

    private static SimulationSetup Setup(
        Objective objective, string rule, float rate, DelayLaw law, long updates = 1500, int unitSamples = 1)
    {
        var plan = StandIn.Plan(objective, Lanes, seed: 1, unitSamples: unitSamples, epochSteps: 50) with
        {
            Rules = RuleSchedule.Parse(rule, Lanes),
            LearningRate = new LearningRateSpec(rate),
            Steps = updates,
        };
        return SimulationSetup.Of(objective, plan, ServiceModel.Of(law));
    }

    private static GuardedRun Guarded(SimulationSetup setup, Func<Envelope, bool>? withholds = null)
    {
        var judged = new List<RateJudged>();
        var updates = new List<(TimeSpan At, string Update)>();
        var run = Simulated.Run(setup with
        {
            Wrap = (id, actor) => withholds is null ? actor : new Saboteur(id, actor, envelope => withholds(envelope) ? null : envelope),
            Tracer = (actor, input) => Note(actor, input, updates),
            Observer = (_, observed) => Note(observed, judged),
        });
        return new GuardedRun(judged, updates, run.Result.WeightsSha256!, run.Observed.Asynchrony, run.Result.Summary!.Samples);
    }

    private static void Note(Envelope observed, List<RateJudged> judged)
    {
        if (observed is Envelope<RateJudged> one)
        {
            judged.Add(one.Message);
        }
    }

    private static void Note(ActorId actor, in Input input, List<(TimeSpan At, string Update)> updates)
    {
        if (actor == ActorId.Server(0) && input.Body is Envelope<Apply> { Message: var apply })
        {
            updates.Add((input.Now, $"{apply.Version}: {string.Join(' ', apply.Units)} / {string.Join(' ', apply.Starts)}"));
        }
    }

    private sealed record GuardedRun(
        List<RateJudged> Judged, List<(TimeSpan At, string Update)> Updates, string Hash, AsynchronyReport Asynchrony, long Samples);
}
