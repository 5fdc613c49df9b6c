using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

public sealed class LocalStepsTests
{
    private const int Batches = 6;
    private const float Rate = 0.1f;

    /// <summary>
    /// Without noise lanes agree, so local steps are serial descent, w -> (1 - rate) w, however they are parted into updates: the last one may have
    /// fewer steps than the rule's.
    /// </summary>
    [Theory]
    [InlineData("local:3")]
    [InlineData("local:4")]
    [InlineData("local:5")]
    [InlineData("local:16")]
    public void Every_step_counts_once_also_in_an_update_that_the_runs_end_cuts_short(string rule)
    {
        var objective = new QuadraticObjective();
        var plan = StandIn.Plan(objective, lanes: 2, epochSteps: Batches) with
        {
            Rules = RuleSchedule.Parse(rule, 2),
            Optimizer = new OptimizerSpec(OptimizerKind.Sgd),
            LearningRate = new LearningRateSpec(Rate),
            Epochs = 1,
        };
        var last = 0f;
        var setup = SimulationSetup.Of(objective, plan, new ServiceModel()) with
        {
            Observer = (_, observed) => last = observed is Envelope<RunCompleted> completed ? completed.Message.Partitions[0].Span[0] : last,
        };
        Simulator.Run(setup, Unwatched.Instance).Result.Failure.ShouldBeNull();
        ((double)last).ShouldBe(Math.Pow(1 - Rate, Batches), 1e-6);
    }
}
