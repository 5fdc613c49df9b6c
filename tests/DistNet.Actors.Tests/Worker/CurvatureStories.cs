using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Actors.Tests;

/// <summary>What becomes of a worker that is asked how curved the loss is.</summary>
public sealed class CurvatureStories
{
    private const int Orders = 2 * 2 * 3;

    private static readonly RunPlan Plan = Plans.Small(servers: 1) with { Rules = new RuleSchedule(new AsynchronousRule()) };

    private readonly ActorRig _rig = new(ActorId.Worker(0), pool => new WorkerActor(0, Plan, pool));
    private long _dispatches;

    [Fact]
    public void It_looks_at_every_shard_from_both_sides_three_times_and_answers()
    {
        var unit = Ask(generation: 1);
        var order = Lent();
        var (lanes, sides) = (new List<int>(), new HashSet<ParametersKey>());
        for (var i = 0; i < Orders; i++)
        {
            lanes.Add(order.Nodes.ShouldHaveSingleItem().First);
            sides.Add(order.Key);
            Yield(order, curvature: 2.5f);
            _rig.Turn(Input.WorkDone(default, order));
        }

        lanes.ShouldBe(Enumerable.Repeat((int[])[0, 1], Orders / 2).SelectMany(pair => pair));
        sides.Count.ShouldBe(Orders / 2, "each point has a name of its own, lest weights be packed for another");
        var (to, answer) = _rig.Sent<Probed>().ShouldHaveSingleItem();
        to.ShouldBe(ActorId.Coordinator);
        (answer.Generation, answer.Version).ShouldBe((1, 4));
        answer.Curvature.ShouldBe(2.5, 1e-2);
        _rig.Does(EffectKind.StartWork).ShouldBeFalse();
        End(unit);
    }

    [Fact]
    public void A_unit_begins_before_it_and_beside_it()
    {
        var unit = Ask(generation: 1);
        var begun = _rig.Effects.Where(effect => effect.Kind == EffectKind.StartWork).Select(effect => effect.Body).ToArray();
        begun.ShouldBe([unit, Lent()]);
        _rig.Turn(Input.WorkDone(default, unit));
        _rig.Sent<Report>().ShouldHaveSingleItem();
        Offer(1, version: 5);
        _rig.Only<GradientOrder>(EffectKind.StartWork).ShouldBeSameAs(unit);
    }

    [Fact]
    public void Nobody_who_is_not_asked_looks_and_whoever_was_asked_looks_once()
    {
        Offer(1, version: 3);
        _rig.Only<GradientOrder>(EffectKind.StartWork).ShouldNotBeOfType<CurvatureOrder>();
        _rig.Tell(ActorId.Coordinator, new Probe(2));
        Offer(1, version: 4);
        _rig.Effects.Select(effect => effect.Body).OfType<CurvatureOrder>().ShouldBeEmpty("that was of another generation");
    }

    [Fact]
    public void A_new_generation_ends_it_and_everything_is_given_back()
    {
        var unit = Ask(generation: 1);
        var order = Lent();
        Yield(order, curvature: 1);
        _rig.Tell(ActorId.Coordinator, new Placement(2, 0, [new WorkerLife(0, 1)]));
        order.Cancelled.IsSet.ShouldBeFalse("the host sets it");
        _rig.Effects.Where(effect => effect.Kind == EffectKind.CancelWork).Select(effect => effect.Body).ShouldBe([order, unit], ignoreOrder: true);
        Yield(order, curvature: 1);
        _rig.Turn(Input.WorkCancelled(default, order));
        _rig.Turn(Input.WorkCancelled(default, unit));
        _rig.Sent<Probed>().ShouldBeEmpty();
        _rig.Pool.Outstanding.ShouldBe(0);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    public void Of_a_loss_that_is_flat_or_not_finite_it_says_nothing(float curvature)
    {
        var unit = Ask(generation: 1);
        var order = Lent();
        for (var i = 0; i < 4; i++)
        {
            Yield(order, curvature);
            _rig.Turn(Input.WorkDone(default, order));
        }

        _rig.Does(EffectKind.StartWork).ShouldBeFalse();
        _rig.Sent<Probed>().ShouldBeEmpty();
        End(unit);
    }

    /// <summary>The worker is asked, and then sent parameters; its unit.</summary>
    private GradientOrder Ask(long generation)
    {
        _rig.Tell(ActorId.Coordinator, new Probe(generation));
        _rig.Does(EffectKind.StartWork).ShouldBeFalse("there is nothing to look at yet");
        Offer(generation, version: 4);
        return _rig.Effects.Where(effect => effect.Kind == EffectKind.StartWork).Select(effect => effect.Body).OfType<GradientOrder>()
            .Single(order => order is not CurvatureOrder);
    }

    private CurvatureOrder Lent() => _rig.Only<CurvatureOrder>(EffectKind.StartWork);

    /// <summary>The gradient of a quadratic, over the samples of the order's lane.</summary>
    private void Yield(CurvatureOrder order, float curvature)
    {
        var samples = Plan.SamplesOf(order.Step, order.Nodes[0]);
        order.Results.Add(new NodeResult(1, samples));
        for (var part = 0; part < Plan.Layout.Bands.Length; part++)
        {
            var band = Plan.Layout.Bands[part];
            var gradient = order.Rent(part, 0, band.Length).Span;
            for (var i = 0; i < band.Length; i++)
            {
                gradient[i] = samples * curvature * order.Parameters.Span[band.Offset + i];
            }

            _rig.Turn(Input.WorkYielded(default, order, part));
        }
    }

    private void Offer(long generation, long version)
    {
        var values = _rig.Pool.Rent(Plan.Layout.PaddedLength);
        values.Span.Fill(1);
        values.Span[Plan.Layout.Length..].Clear();
        var start = new LaneStart(0, 0, _dispatches++, new WorkerLife(0, 1), 0);
        _rig.Tell(ActorId.Server(0), new Parameters(generation, version, version, 0, default, values.All, [start], ForEvaluation: false));
    }

    /// <summary>The unit is given back, and so is everything else.</summary>
    private void End(GradientOrder unit)
    {
        _rig.Turn(Input.WorkDone(default, unit));
        _rig.Pool.Outstanding.ShouldBe(0);
    }
}
