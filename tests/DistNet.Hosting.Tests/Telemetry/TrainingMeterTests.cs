using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

/// <summary>Instruments are the process's, so that no other run may be there meanwhile.</summary>
[Collection(nameof(TrainingMeterTests))]
public sealed class TrainingMeterTests : IDisposable
{
    private readonly TrainingRuns _runs = new();
    private readonly Lock _lock = new();
    private readonly List<Measured> _measured = [];

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task An_asynchronous_run_measures_what_its_result_says()
    {
        TrainingResult result;
        using (Listen())
        {
            result = await _runs.RunAsync(TrainingRuns.Digits with { Mode = "asp", Workers = 3, Lanes = 3, Servers = 2, Steps = 200 });
        }

        Of(TrainingMetrics.SamplesApplied).Sum(one => one.Value).ShouldBe(result.Samples);
        Of(TrainingMetrics.SamplesDropped).Sum(one => one.Value).ShouldBe(result.Ledger.Dropped);
        Of(TrainingMetrics.Staleness).Count.ShouldBe(200);
        Of(TrainingMetrics.Staleness).Average(one => one.Value).ShouldBe(result.StalenessMean, 1e-9);
        Of(TrainingMetrics.StepDuration).Count.ShouldBe(200);
        Of(TrainingMetrics.Loss).Count.ShouldBe(200);
        Of(TrainingMetrics.Drift).Count.ShouldBe(7);
        Of(TrainingMetrics.ImplicitMomentum)[^1].Value.ShouldBe(result.ImplicitMomentum!.Value);
        Of(TrainingMetrics.Generations).Count.ShouldBe(1);
        Of(TrainingMetrics.ComputeDuration).Select(one => one.Tags[TrainingMetrics.WorkerTag]).Distinct().Order().ShouldBe(["worker-0", "worker-1", "worker-2"]);
        Of(TrainingMetrics.WaitDuration).Sum(one => one.Value).ShouldBe(result.Waiting!.Sum(worker => worker.WaitSeconds), 1e-6);
        _measured.Select(one => one.Instrument).Distinct().ShouldBeSubsetOf(TrainingMetrics.Table.Select(row => row.Name));
    }

    [Fact]
    public void Dropped_samples_have_a_reason_and_fresh_units_are_counted()
    {
        var observed = new Advanced(1, 2, 12, 24, 0.5)
        {
            Units = 3,
            UpdateSamples = 12,
            Dropped = new DropCounts(new DropCount(1, 4), default, new DropCount(2, 7)),
        };
        using (Listen())
        {
            new TrainingMeter().Observe(Envelope<Advanced>.Rent(ActorId.Coordinator, 1, ActorId.Coordinator, observed));
        }

        Of(TrainingMetrics.SamplesDropped).Select(one => (one.Tags[TrainingMetrics.ReasonTag], one.Value)).ShouldBe([("late", 4), ("skipped", 7)]);
        Of(TrainingMetrics.Staleness).Select(one => one.Value).ShouldBe([0, 0, 0]);
    }

    [Fact]
    public void A_verdict_on_the_learning_rate_is_two_measurements()
    {
        var judged = new RateJudged(7, 0, new RateVerdict(0.1, 7, 3.25, 0.0625), Warns: false);
        using (Listen())
        {
            new TrainingMeter().Observe(Envelope<RateJudged>.Rent(ActorId.Coordinator, 1, ActorId.Coordinator, judged));
        }

        Of(TrainingMetrics.Curvature).ShouldHaveSingleItem().Value.ShouldBe(3.25);
        Of(TrainingMetrics.StableRate).ShouldHaveSingleItem().Value.ShouldBe(0.0625);
    }

    [Fact]
    public void Where_nobody_listens_a_measurement_allocates_nothing()
    {
        var meter = new TrainingMeter();
        var unit = Envelope<UnitObserved>.Rent(ActorId.Coordinator, 1, ActorId.Coordinator, new UnitObserved(3, 1, 8, default, default, 2));
        var advanced = Envelope<Advanced>.Rent(ActorId.Coordinator, 1, ActorId.Coordinator, new Advanced(1, 2, 3, 4, 5) { Units = 1000 });
        Measure();
        Measure().ShouldBe(0);

        long Measure()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++)
            {
                meter.Observe(unit);
                meter.Observe(advanced);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Instruments_have_the_units_and_tags_of_the_table()
    {
        using var listener = new MeterListener();
        var published = new Dictionary<string, Instrument>();
        listener.InstrumentPublished = (instrument, _) => Keep(published, instrument);
        new[] { typeof(TrainingMeter), typeof(PlaneMeter), typeof(LifeMeter) }.ToList().ForEach(type => RuntimeHelpers.RunClassConstructor(type.TypeHandle));
        listener.Start();
        published.Keys.ShouldBe(TrainingMetrics.Table.Select(row => row.Name), ignoreOrder: true);
        TrainingMetrics.Table.ShouldAllBe(row => published[row.Name].Unit == row.Unit && published[row.Name].Description == row.Description);
    }

    [Fact]
    public void What_grows_is_counted_by_plane_and_peer_and_queues_to_two_lives_of_a_node_are_one()
    {
        using var listener = Listen();
        var counts = new PlaneCounts(PlaneMeter.Data, "server-1");
        counts.Sent(100);
        counts.Sent(100);
        counts.Sent(250);
        counts.Received(7);
        using var old = PlaneMeter.Watch(PlaneMeter.Data, "server-1", () => 2, () => 20);
        using (PlaneMeter.Watch(PlaneMeter.Data, "server-1", () => 1, () => 5))
        {
            listener.RecordObservableInstruments();
        }

        listener.RecordObservableInstruments();
        Of(TrainingMetrics.BytesSent).Select(one => one.Value).ShouldBe([100, 150]);
        Of(TrainingMetrics.BytesReceived).ShouldHaveSingleItem().Tags.ShouldBe(new Dictionary<string, string> { ["plane"] = "data", ["peer"] = "server-1" }, ignoreOrder: true);
        Of(TrainingMetrics.QueueLength).Select(one => one.Value).ShouldBe([3, 2]);
        Of(TrainingMetrics.QueueSize).Select(one => one.Value).ShouldBe([25, 20]);
    }

    [Fact]
    public void Where_nobody_listens_counting_bytes_allocates_nothing()
    {
        var counts = new PlaneCounts(PlaneMeter.Data, "server-1");
        var total = 0L;
        Measure();
        Measure().ShouldBe(0);

        long Measure()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++)
            {
                counts.Sent(total += 3);
                counts.Received(total);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static void Keep(Dictionary<string, Instrument> published, Instrument instrument)
    {
        if (instrument.Meter.Name == TrainingMetrics.MeterName)
        {
            published.Add(instrument.Name, instrument);
        }
    }

    private MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == TrainingMetrics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        return listener;
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_lock)
        {
            _measured.Add(new Measured(instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => (string)tag.Value!)));
        }
    }

    private List<Measured> Of(InstrumentRow row)
    {
        var measured = _measured.Where(one => one.Instrument == row.Name).ToList();
        measured.ShouldAllBe(one => one.Tags.Keys.Order().SequenceEqual(row.Tags.Order()), row.Name);
        return measured;
    }

    private sealed record Measured(string Instrument, double Value, Dictionary<string, string> Tags);
}

[CollectionDefinition(nameof(TrainingMeterTests), DisableParallelization = true)]
public sealed class AloneWithTheMeter;
