using DistNet.Actors;
using DistNet.Hosting;
using DistNet.TestKit;

namespace DistNet.Bench.Tests;

/// <summary>What is measured is what it is said to be.</summary>
public sealed class StepTests
{
    private static readonly StepNetwork Small = new([40, 30, 5], 16);

    public static TheoryData<int[]> Networks => [new[] { 40, 30, 5 }, new[] { 30, 20, 10, 5, 1 }, new[] { 784, 128, 10 }];

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_plain_loop_has_the_weights_of_a_run_through_actors(int[] widths)
    {
        var network = new StepNetwork(widths, 16);
        using var run = new HostedRun(network, StepSetup.OneWorker);
        using var plain = new PlainStep(network);

        run.Run(25);
        run.Run(7);
        run.End();
        plain.Run((int)run.Version);

        run.Version.ShouldBeGreaterThanOrEqualTo(25 + 7);
        var weights = run.Partitions.ShouldHaveSingleItem().Span[..plain.Parameters.Length].ToArray();
        weights.ShouldBe(plain.Parameters.ToArray());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 8)]
    [InlineData(2, 2)]
    [InlineData(1, 2, "asp")]
    public void A_run_stands_still_between_its_turns(int workers, int lanes, string rule = "bsp")
    {
        using var run = new HostedRun(Small, new StepSetup("any", workers, lanes, rule));

        run.Version.ShouldBe(0);
        var first = run.Run(10);
        var version = run.Version;
        var second = run.Run(30);

        first.Seconds.ShouldBeGreaterThan(0);
        second.Seconds.ShouldBeGreaterThan(0);
        (run.Version - version).ShouldBe(version + 20);
    }

    [Fact]
    public void A_clock_that_was_stopped_goes_on_from_where_it_stood()
    {
        var time = new PausableTime();
        var before = time.GetTimestamp();
        time.Pause();
        var stopped = time.GetTimestamp();
        SpinWait.SpinUntil(() => TimeProvider.System.GetTimestamp() > stopped + 1000);

        time.GetTimestamp().ShouldBe(stopped);
        time.Resume();

        stopped.ShouldBeGreaterThanOrEqualTo(before);
        var late = TimeProvider.System.GetTimestamp() - time.GetTimestamp();
        time.GetTimestamp().ShouldBeGreaterThanOrEqualTo(stopped);
        late.ShouldBeGreaterThan(900);
    }

    [Fact]
    public void A_run_that_never_ran_can_be_disposed()
    {
        var run = new HostedRun(Small, StepSetup.ManyWorkers(2));

        run.Dispose();

        run.Version.ShouldBeLessThan(100);
    }

    [Fact]
    public async Task The_side_that_records_has_its_decisions_on_the_disk()
    {
        using var run = new HostedRun(Small, StepSetup.Recorded);

        run.Run(5000);
        run.End();

        // Segments are written beside the run. What came after the last full one would be written with the next cut.
        var path = run.LogPath.ShouldNotBeNull();
        await Eventually.TrueAsync(() => UpdateLogFile.Read(path) is [.., { ToVersion: > 4000 }], TimeSpan.FromSeconds(30), "the segments on the disk");
        var log = UpdateLogFile.Read(path);
        log.Sum(segment => segment.Units.Count).ShouldBe((int)log[^1].ToVersion);
    }

    [Fact]
    public void Work_counts_forward_and_weight_gradients_and_the_data_gradients_that_are_needed() =>
        Small.Work.ShouldBe(2.0 * 16 * ((2 * 40 * 30) + (3 * 30 * 5)));

    [Fact]
    public void Data_are_centred_and_the_same_every_time()
    {
        var (data, again) = (Small.Data(), Small.Data());

        data.Values.ShouldBe(again.Values);
        data.Labels.ShouldBe(again.Labels);
        data.Count.ShouldBe(StepNetwork.Batches * 16);
        data.Values.Average().ShouldBe(0, 0.02);
        data.Values.ShouldAllBe(value => value >= -1 && value < 1);
        data.Labels.Distinct().Order().ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public void The_plan_is_what_train_would_run_but_for_tests_and_cuts()
    {
        var plan = StepNetwork.Large.Plan(StepNetwork.Large.Data(), workers: 2, lanes: 8);

        plan.Lanes.ShouldBe(8);
        plan.IsBarrier(default).ShouldBeTrue();
        plan.Cuts.ShouldBe(CutPolicy.Never);
        plan.Schedule.BatchSize.ShouldBe(128);
        plan.Network.Layers.Select(layer => layer.Units).ShouldBe([512, 256, 10]);
    }
}
