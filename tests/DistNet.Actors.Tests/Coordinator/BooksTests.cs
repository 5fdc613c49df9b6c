using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors.Tests;

public sealed class BooksTests
{
    private static readonly ActorId Worker = ActorId.Worker(3);

    [Fact]
    public void A_life_that_has_gone_does_not_join_again_but_the_next_one_does()
    {
        var members = new Members(1);
        members.Add(Worker, 5).ShouldBeTrue();
        members.Remove(Worker, 5).ShouldBeTrue();
        members.Add(Worker, 5).ShouldBeFalse();
        members.HasWorkers.ShouldBeFalse();
        members.Add(Worker, 6).ShouldBeTrue();
        members.Remove(Worker, 5).ShouldBeFalse();
        members.Workers.ShouldBe([new WorkerLife(3, 6)]);
    }

    [Fact]
    public void A_server_beyond_the_partitions_is_no_member()
    {
        var members = new Members(1);
        members.Add(ActorId.Server(1), 2).ShouldBeFalse();
        members.MissingServers.ShouldBe([ActorId.Server(0)]);
    }

    [Fact]
    public void Throughput_leaves_out_the_first_fifty_steps_and_waits()
    {
        var throughput = new Throughput();
        var now = TimeSpan.Zero;
        throughput.Resume(now);
        for (var step = 0; step < 50; step++)
        {
            throughput.Count(10, now += TimeSpan.FromSeconds(100));
        }

        throughput.Pause();
        throughput.Resume(now += TimeSpan.FromHours(1));
        for (var step = 0; step < 5; step++)
        {
            throughput.Resume(now + TimeSpan.FromSeconds(0.5));
            throughput.Count(10, now += TimeSpan.FromSeconds(1));
        }

        throughput.SamplesPerSecond.ShouldBe(10);
        throughput.TakeEpochRate().ShouldBe(10);
    }

    [Fact]
    public void The_horizon_never_passes_the_stop_nor_comes_back()
    {
        for (long version = 0; version <= 100; version++)
        {
            for (var horizon = version; horizon <= 100; horizon++)
            {
                var next = HorizonPolicy.Next(version, horizon, stop: 100, atOnce: 4, TimeSpan.FromMilliseconds(40));
                next.ShouldBeInRange(horizon, 100);
                (version == 100 || next > version).ShouldBeTrue();
            }
        }
    }

    /// <summary>Steps that take longer than the horizon reaches in time: the next one may begin, and no more.</summary>
    [Fact]
    public void The_horizon_of_long_steps_by_barriers_is_one_step_ahead()
    {
        var horizon = HorizonPolicy.Next(0, 0, stop: 100, atOnce: 1, TimeSpan.Zero);
        horizon.ShouldBe(2);
        HorizonPolicy.Next(1, horizon, stop: 100, atOnce: 1, TimeSpan.FromSeconds(9)).ShouldBe(3);
    }

    [Fact]
    public void A_barrier_run_stops_where_it_is_evaluated_and_at_cuts()
    {
        var schedule = new MilestoneSchedule(Plans.Small(cuts: new CutPolicy(true, 3, TimeSpan.Zero)) with { TestSamples = 1 });
        var stops = new List<long>();
        for (long version = 0; version < 16; version = stops[^1])
        {
            stops.Add(schedule.NextStop(version, horizon: 16, TimeSpan.FromHours(1)));
        }

        stops.ShouldBe([3, 4, 6, 8, 9, 12, 15, 16]);
        schedule.OnCut(6, TimeSpan.Zero);
        schedule.IsCutDue(8, TimeSpan.FromHours(1)).ShouldBeFalse();
        schedule.IsCutDue(9, TimeSpan.Zero).ShouldBeTrue();
        schedule.IsLastCutDue(6).ShouldBeFalse();
    }

    [Fact]
    public void By_the_clock_a_barrier_run_stops_where_lanes_may_have_begun_already()
    {
        var schedule = new MilestoneSchedule(Plans.Small(cuts: new CutPolicy(true, null, TimeSpan.FromSeconds(5))) with { TestSamples = 1 });
        schedule.OnCut(5, TimeSpan.FromSeconds(10));
        schedule.NextStop(5, horizon: 7, TimeSpan.FromSeconds(14.9)).ShouldBe(8);
        schedule.IsCutDue(6, TimeSpan.FromSeconds(14.9)).ShouldBeFalse();
        schedule.NextStop(5, horizon: 7, TimeSpan.FromSeconds(15)).ShouldBe(7);
        schedule.NextStop(5).ShouldBe(8);
        schedule.NextStop(7, horizon: 7, TimeSpan.FromSeconds(15)).ShouldBe(8);
        schedule.NextStop(8, horizon: 8, TimeSpan.FromSeconds(15)).ShouldBe(9);
        schedule.IsCutDue(5, TimeSpan.FromSeconds(15)).ShouldBeFalse();
        schedule.IsCutDue(7, TimeSpan.FromSeconds(15)).ShouldBeTrue();
    }

    [Fact]
    public void The_loss_of_an_epoch_is_its_mean_over_samples()
    {
        var book = new LossBook(Plans.Small());
        book.Add(6, 6);
        var kept = book.History;
        book.Add(12, 12);
        book.Add(6, 18);
        book.JustEnded.ShouldBeFalse();
        book.Add(20, 22);
        book.JustEnded.ShouldBeTrue();
        book.Latest.ShouldBe(2);
        book.Restore(kept, 6);
        book.Epochs.ShouldBe(0);
        book.Add(28, 22);
        book.Latest.ShouldBe(34 / 22.0);
    }

    [Fact]
    public void The_record_is_stored_one_at_a_time_and_a_dropped_cut_is_gone()
    {
        var keeper = new RecordKeeper(replicas: 0);
        var outbox = new Outbox(ActorId.Coordinator, 1);
        keeper.OpenGeneration(outbox).ShouldBe(1);
        for (long version = 1; version <= 4; version++)
        {
            keeper.AddCut(CompleteCut.Start with { Version = version }, outbox)?.Version.ShouldBe(1);
        }

        outbox.Count.ShouldBe(1);
        keeper.OnStored(outbox);
        keeper.Durable.Cuts.ShouldBeEmpty();
        outbox.Count.ShouldBe(2);
        keeper.OnStored(outbox);
        keeper.Durable.Cuts.Select(cut => cut.Version).ShouldBe([2, 3, 4]);
        keeper.DropLatestCut();
        keeper.LatestCut.Version.ShouldBe(3);
    }

    [Fact]
    public void A_record_takes_effect_when_it_is_here_and_on_every_server_that_is_there_now()
    {
        var keeper = new RecordKeeper(replicas: 2);
        var outbox = new Outbox(ActorId.Coordinator, 1);
        keeper.Hear(new Join(1, Generation: 6, new CoordinatorRecord(9, 4, [CompleteCut.Start with { Version = 5 }])));
        keeper.Hear(new Join(1, Generation: 2, new CoordinatorRecord(8, 4, [])));
        keeper.OpenGeneration(outbox).ShouldBe(7);
        outbox.Count.ShouldBe(3);
        keeper.OnStored(outbox);
        keeper.OnKept(0, 10, outbox);
        keeper.OnServerJoined(ActorId.Server(0), outbox);
        keeper.OnKept(1, 10, outbox);
        keeper.OnKept(0, 9, outbox);
        keeper.Durable.Generation.ShouldBe(4);
        ((Envelope<KeepRecord>)outbox[3].Body!).Message.Record.Number.ShouldBe(10);
        keeper.OnKept(0, 10, outbox);
        keeper.Durable.Generation.ShouldBe(7);
        keeper.LatestCut.Version.ShouldBe(5);
        keeper.Hear(new Join(1, 0, new CoordinatorRecord(99, 1, [])));
        keeper.LatestCut.Version.ShouldBe(5);
    }

    [Fact]
    public void An_abandoned_evaluation_has_no_version()
    {
        var book = new EvaluationBook(Plans.Small() with { TestSamples = 300 });
        var outbox = new Outbox(ActorId.Coordinator, 1);
        book.Open(4, new Placement(1, 0, [new WorkerLife(0, 1)]), 1, outbox);
        book.Add(new Evaluated(1, 4, 1, new ChunkScore(30, 20, 44))).ShouldBeFalse();
        book.Add(new Evaluated(1, 4, 1, new ChunkScore(30, 20, 44))).ShouldBeFalse();
        book.Add(new Evaluated(1, 4, 0, new ChunkScore(270, 100, 256))).ShouldBeTrue();
        book.Loss.ShouldBe(1);
        book.Accuracy.ShouldBe(0.4);
        book.Abandon();
        book.Version.ShouldBe(-1);
    }

    [Fact]
    public void A_tensor_released_twice_or_kept_is_found()
    {
        using var pool = new TensorPool(recycle: false);
        var tensor = pool.Rent(16);
        tensor.Retain();
        tensor.Release();
        pool.Outstanding.ShouldBe(1);
        tensor.Release();
        pool.Outstanding.ShouldBe(0);
        Should.Throw<InvalidOperationException>(tensor.Release);
    }
}
