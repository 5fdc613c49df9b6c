using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Cluster.Tests;

public sealed class RunOrderTests
{
    public static TheoryData<TrainingOptions> Asked { get; } =
    [
        new TrainingOptions(),
        new TrainingOptions
        {
            Data = "iris", TestFraction = 0.3, Scale = ScalingKind.Standard, Hidden = [7, 5], Activation = Activation.Tanh, Dropout = 0.1f, L2 = 1e-4f,
            Optimizer = OptimizerKind.Adam, Beta2 = 0.9999, LearningRate = 0.003f, Schedule = ScheduleKind.Cosine, Warmup = 0.07f, Batch = 11,
            Epochs = null, Steps = 77, Workers = 3, Servers = 2, Lanes = 5, ClipNorm = 0.7f, CheckpointEvery = 13, Seed = ulong.MaxValue, EvalEvery = 4,
            TargetAccuracy = 0.9, RecordSteps = true, Threads = 2,
        },
        new TrainingOptions { Mode = "asp", Batch = TrainingOptions.FullBatch, Workers = 1, Lanes = 4, NoBias = true },
    ];

    [Theory]
    [MemberData(nameof(Asked))]
    public void A_node_reads_the_options_and_the_plan_that_were_meant(TrainingOptions asked)
    {
        var options = asked with { Lanes = asked.LaneCount };
        var order = OrderOf(options);

        var read = RunOrder.Parse(order.ToJson());

        read.ToJson().ShouldBe(order.ToJson());
        read.Options().ShouldBe(options);
        ShouldBeTheSame(read.Plan(), RunPlanner.Plan(options, order.Data));
        read.Plan().GiveUpAfter.ShouldBe(order.GiveUpAfter);
        read.SendsData.ShouldBeTrue();
    }

    [Fact]
    public void In_a_cluster_what_outlives_a_node_is_kept_elsewhere_too_and_late_workers_are_helped()
    {
        var plan = OrderOf(new TrainingOptions()).Plan();

        plan.Replicates.ShouldBeTrue();
        plan.HelpsLateWorkers.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Run":"some","Number":"x"}""")]
    public void What_is_no_order_is_refused(string json) =>
        Should.Throw<UsageException>(() => RunOrder.Parse(json)).Message.ShouldContain("order");

    /// <summary>Nodes make and delete directories of that name.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../other")]
    [InlineData("/etc")]
    [InlineData("a/b")]
    public void A_run_has_the_name_of_a_file(string name) =>
        Should.Throw<UsageException>(() => RunOrder.Parse((OrderOf(new TrainingOptions()) with { Run = name }).ToJson()));

    [Fact]
    public void Its_data_are_some()
    {
        var order = OrderOf(new TrainingOptions());
        foreach (var data in new[] { order.Data with { TrainSamples = 0 }, order.Data with { TestSamples = -1 } })
        {
            Should.Throw<UsageException>(() => RunOrder.Parse((order with { Data = data }).ToJson())).Message.ShouldContain("data");
        }
    }

    private static RunOrder OrderOf(TrainingOptions options) => new(
        "20260102-digits", 3, EffectiveConfig.ToJson(options), DataSummary.Of(DataLoader.Load(options)), SendsData: true, TimeSpan.FromSeconds(2.5));

    /// <summary>Everything that actors look at.</summary>
    private static void ShouldBeTheSame(RunPlan plan, RunPlan expected)
    {
        Facts(plan).ShouldBe(Facts(expected));
        plan.Map.Partitions.ToArray().ShouldBe(expected.Map.Partitions.ToArray());
        plan.Map.Chunks.ToArray().ShouldBe(expected.Map.Chunks.ToArray());
        Enumerable.Range(0, plan.Lanes).Select(lane => plan.Schedule.LaneRows(1, lane)).ShouldBe(
            Enumerable.Range(0, plan.Lanes).Select(lane => expected.Schedule.LaneRows(1, lane)));
    }

    private static object[] Facts(RunPlan plan) =>
    [
        plan.Lanes, plan.Rules.Name, plan.Seed, plan.Initializer, plan.Optimizer, plan.LearningRate, plan.Penalty, plan.Clipping, plan.TotalVersions(default), plan.Correction,
        plan.ScheduleSamples, plan.TestSamples, plan.EvaluateEvery, plan.Cuts, plan.TargetAccuracy ?? -1, plan.RecordSteps, plan.Layout.Length,
        string.Join(' ', plan.Network.Layers), plan.Network.Loss,
    ];
}
