using System.Diagnostics.Tracing;
using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

/// <summary>dotnet-counters asks a process's event source for the instruments of a meter; so does this, and nothing else is needed.</summary>
[Collection(nameof(TrainingMeterTests))]
public sealed class CountersTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Whoever_asks_the_runtime_for_the_meter_gets_its_instruments()
    {
        using var counters = new Counters();
        new TrainingMeter().Observe(Envelope<Advanced>.Rent(ActorId.Coordinator, 1, ActorId.Coordinator, new Advanced(1, 2, 3, 4, 0.5) { Units = 1, UpdateSamples = 3 }));

        await counters.SeenAsync("HistogramValuePublished", TrainingMetrics.StepDuration.Name).WaitAsync(Deadline);
        await counters.SeenAsync("CounterRateValuePublished", TrainingMetrics.SamplesApplied.Name).WaitAsync(Deadline);
        await counters.SeenAsync("GaugeValuePublished", TrainingMetrics.Loss.Name).WaitAsync(Deadline);
    }

    private sealed class Counters : EventListener
    {
        private readonly Lock _lock = new();
        private readonly HashSet<(string Event, string Instrument)> _seen = [];
        private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task SeenAsync(string what, string instrument)
        {
            while (true)
            {
                Task news;
                lock (_lock)
                {
                    if (_seen.Contains((what, instrument)))
                    {
                        return;
                    }

                    news = _news.Task;
                }

                await news;
            }
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Diagnostics.Metrics")
            {
                const EventKeywords TimeSeriesValues = (EventKeywords)0x2;
                EnableEvents(eventSource, EventLevel.Informational, TimeSeriesValues, new Dictionary<string, string?>
                {
                    ["SessionId"] = "test",
                    ["Metrics"] = TrainingMetrics.MeterName,
                    ["RefreshInterval"] = "0.1",
                    ["MaxTimeSeries"] = "100",
                    ["MaxHistograms"] = "100",
                });
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.Payload is [_, string, _, string instrument, ..])
            {
                TaskCompletionSource news;
                lock (_lock)
                {
                    _seen.Add((eventData.EventName!, instrument));
                    (news, _news) = (_news, new(TaskCreationOptions.RunContinuationsAsynchronously));
                }

                news.SetResult();
            }
        }
    }
}
