using System.CommandLine;
using DistNet.Hosting;
using DistNet.Simulation;

namespace DistNet.Cli;

/// <summary>The options of a simulated cluster on a verb's command line.</summary>
internal sealed class SimulateOptionSet
{
    private readonly Option<string> _compute = Text("--compute", "WHAT", $"What workers compute: {ObjectiveText.Forms} [default: real]");
    private readonly Option<string> _service = Text("--service", "LAW", $"Time of one lane's shard: {DelayLawText.Forms} [default: {new ServiceModel().Law}]");
    private readonly Option<string[]> _serviceOf = Many("--service-of", "WORKERS=LAW", "The same for some workers, such as 3=exp:20ms or 3..5=exp:20ms; may be repeated");
    private readonly Option<string[]> _slow = Many("--slow", "WORKERS=FACTOR", "Workers that take so many times as long, such as 3=2.0; may be repeated");
    private readonly Option<string> _latency = Text("--latency", "LAW", "How long a message is under way [default: 0]");
    private readonly Option<string> _bandwidth = Text("--bandwidth", "RATE", "What each node can send, and receive, in a second, such as 1Gbit; one message after the other [default: no limit]");
    private readonly Option<string> _trace = Text("--trace", "FILE", "Write the run for chrome://tracing and Perfetto");
    private readonly Option<string> _faults = CommonOptions.Faults();

    /// <summary>Those of the cluster, for verbs that simulate several runs.</summary>
    private Option[] Cluster => [_compute, _service, _serviceOf, _slow, _latency, _bandwidth];

    private Option[] All => [.. Cluster, _trace, _faults];

    public void AddClusterTo(Command command) => Array.ForEach(Cluster, command.Add);

    public void AddTo(Command command) => Array.ForEach(All, command.Add);

    /// <summary>Names of those that the command line gives.</summary>
    public IEnumerable<string> Given(ParseResult parsed) =>
        All.Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name);

    /// <summary>The options asked for. Throws <see cref="UsageException"/> with all mistakes.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="workers">Number of workers that there are.</param>
    /// <param name="servers">Number of servers that there are.</param>
    public SimulateOptions Load(ParseResult parsed, int workers, int servers) => Texts(parsed).Read(workers, servers);

    /// <summary>As they are written.</summary>
    public SimulateTexts Texts(ParseResult parsed) => new()
    {
        Compute = parsed.GetValue(_compute),
        Service = parsed.GetValue(_service),
        ServiceOf = parsed.GetValue(_serviceOf) ?? [],
        Slow = parsed.GetValue(_slow) ?? [],
        Latency = parsed.GetValue(_latency),
        Bandwidth = parsed.GetValue(_bandwidth),
        Trace = Given(parsed, _trace),
        Faults = Given(parsed, _faults),
    };

    /// <summary>Not every verb has every option.</summary>
    private static string? Given(ParseResult parsed, Option<string> option) =>
        parsed.CommandResult.Command.Options.Contains(option) ? parsed.GetValue(option) : null;

    private static Option<string> Text(string name, string placeholder, string description) => new(name) { HelpName = placeholder, Description = description };

    private static Option<string[]> Many(string name, string placeholder, string description) => new(name) { HelpName = placeholder, Description = description };
}
