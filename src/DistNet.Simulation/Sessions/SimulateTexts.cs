using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>The options of a simulation as people write them; null where one is not given.</summary>
public sealed record SimulateTexts
{
    /// <summary>One of <see cref="ObjectiveText.Forms"/>.</summary>
    public string? Compute { get; init; }

    /// <summary>A delay law.</summary>
    public string? Service { get; init; }

    /// <summary>WORKERS=LAW each; of two for one worker the later counts.</summary>
    public IReadOnlyList<string> ServiceOf { get; init; } = [];

    /// <summary>WORKERS=FACTOR each.</summary>
    public IReadOnlyList<string> Slow { get; init; } = [];

    /// <summary>A delay law.</summary>
    public string? Latency { get; init; }

    /// <summary>Bits a second.</summary>
    public string? Bandwidth { get; init; }

    public string? Trace { get; init; }

    /// <summary>A file of faults.</summary>
    public string? Faults { get; init; }

    /// <summary>The options they stand for. Throws <see cref="UsageException"/> with every mistake.</summary>
    /// <param name="workers">Number of workers that there are.</param>
    /// <param name="servers">Number of servers that there are.</param>
    public SimulateOptions Read(int workers, int servers)
    {
        var reader = new Reader(workers, servers);
        var options = new SimulateOptions
        {
            Objective = reader.One("compute", Compute, ObjectiveText.Parse, null),
            Service = reader.Service(this),
            Links = reader.Links(this),
            TracePath = Trace,
            Faults = reader.Faults(this),
        };
        return reader.Problems.Count == 0 ? options : throw new UsageException(reader.Problems);
    }

    private sealed class Reader(int workers, int servers)
    {
        public List<string> Problems { get; } = [];

        public ServiceModel Service(SimulateTexts texts)
        {
            var standard = new ServiceModel();
            return new ServiceModel
            {
                Law = One("service", texts.Service, DelayLawText.Parse, standard.Law)!,
                LawOf = ForWorkers("service-of", texts.ServiceOf, DelayLawText.Parse),
                SlowDown = ForWorkers("slow", texts.Slow, WorkerText.ParseFactor),
            };
        }

        public LinkModel Links(SimulateTexts texts) => new()
        {
            Latency = One("latency", texts.Latency, DelayLawText.Parse, DelayLaw.Zero)!,
            BitsPerSecond = One<double?>("bandwidth", texts.Bandwidth, text => Simulation.Bandwidth.Parse(text), null),
        };

        public FaultPlan? Faults(SimulateTexts texts)
        {
            try
            {
                var plan = texts.Faults is { } path ? FaultPlan.Load(path) : null;
                Problems.AddRange(plan?.ProblemsFor(Nodes).Select(problem => $"{texts.Faults}: {problem}") ?? []);
                return plan;
            }
            catch (UsageException e)
            {
                Problems.AddRange(e.Problems);
                return null;
            }
        }

        private ActorId[] Nodes =>
        [
            ActorId.Coordinator,
            .. Enumerable.Range(0, servers).Select(ActorId.Server),
            .. Enumerable.Range(0, workers).Select(ActorId.Worker),
        ];

        public T? One<T>(string option, string? text, Func<string, T> parse, T? standard)
        {
            try
            {
                return text is null ? standard : parse(text);
            }
            catch (FormatException e)
            {
                Problems.Add($"--{option}: '{text}' {e.Message}");
                return standard;
            }
        }

        private Dictionary<int, T> ForWorkers<T>(string option, IReadOnlyList<string> texts, Func<string, T> parse)
        {
            var found = new Dictionary<int, T>();
            foreach (var text in texts)
            {
                var (range, value) = One(option, text, given => WorkerText.Parse(given, workers, parse), default);
                for (var worker = range.First; worker < range.End; worker++)
                {
                    found[worker] = value;
                }
            }

            return found;
        }
    }
}
