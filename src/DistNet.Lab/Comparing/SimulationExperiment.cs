using DistNet.Hosting;
using DistNet.Simulation;

namespace DistNet.Lab;

/// <summary>Runs on a virtual clock; their seconds are virtual.</summary>
/// <param name="texts">The simulated cluster, as it was written.</param>
/// <param name="workers">Workers in it.</param>
/// <param name="servers">Servers in it.</param>
/// <exception cref="UsageException">Something about it is wrong.</exception>
public sealed class SimulationExperiment(SimulateTexts texts, int workers, int servers) : IExperiment
{
    private readonly SimulateOptions _cluster = texts.Read(workers, servers);

    /// <summary>See the run.</summary>
    internal Probe[] Probes { get; init; } = [];

    public string Verb => string.Join(' ', Given.Select(option => $"--{option.Name} {CommandText.Quoted(option.Text)}").Prepend("simulate"));

    public Task<TrainingResult> RunAsync(TrainingOptions options, ITrainingProgress progress, CancellationToken stop) =>
        SimulationSession.RunAsync(options, _cluster with { Watch = setup => Probe.Attach(setup, Probes) }, progress, stop);

    private IEnumerable<(string Name, string Text)> Given =>
    [
        .. Option("compute", texts.Compute),
        .. Option("service", texts.Service),
        .. texts.ServiceOf.SelectMany(text => Option("service-of", text)),
        .. texts.Slow.SelectMany(text => Option("slow", text)),
        .. Option("latency", texts.Latency),
        .. Option("bandwidth", texts.Bandwidth),
    ];

    private static IEnumerable<(string Name, string Text)> Option(string name, string? text) => text is null ? [] : [(name, text)];
}
