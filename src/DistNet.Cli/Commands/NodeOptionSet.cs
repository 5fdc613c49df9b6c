using System.CommandLine;
using DistNet.Cluster;
using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Reporting;

namespace DistNet.Cli;

/// <summary>The options of <c>distnet node</c>.</summary>
internal sealed class NodeOptionSet(CommandHost host)
{
    private const int CoordinatorPort = 7070;

    private readonly ClusterOptionSet _cluster = new(host);
    private readonly ControlOptionSet _control = new(host);
    private readonly Option<string> _role = Required(CommonOptions.Choice("--role", "What the node is", "coordinator", "server", "worker"));
    private readonly Option<string> _join = new("--join") { HelpName = "HOST:PORT[,HOST:PORT...]", Description = "Where the coordinator listens; servers and workers need it. With --control akka: nodes that can be the coordinator's, this one among them" };
    private readonly Option<string> _listen = new("--listen") { HelpName = "HOST:PORT", Description = $"Where this node listens [default: the coordinator 127.0.0.1:{CoordinatorPort}, others the address that reaches it and any free port]" };
    private readonly Option<string> _advertise = new("--advertise") { HelpName = "HOST[:PORT]", Description = "Where others reach this node, where that is not what it listens on" };
    private readonly Option<int?> _index = CommonOptions.Whole("--index", 0, "Number among the nodes of its role; whichever is free unless given");
    private readonly Option<string> _directory = new("--dir") { HelpName = "DIR", Description = "The node's own directory; .distnet/ROLE unless given" };
    private readonly Option<string> _dataRoot = new("--data-root") { HelpName = "DIR", Description = "Where relative paths of data begin [default: .]" };
    private readonly Option<string> _runs = new("--runs") { HelpName = "DIR", Description = "Coordinator: where run folders go; runs/ in its directory unless given" };
    private readonly Option<int?> _threads = CommonOptions.Whole("--threads", 1, "Compute threads; one for each core unless given");
    private readonly Option<double?> _replaceAfter = CommonOptions.Seconds("--replace-after", "Coordinator: how long a lost server is waited for before its partitions go to another [default: 10]");
    private readonly Option<double?> _silence = CommonOptions.Seconds("--silence-limit", "Silence after which another node counts as gone [default: 3]");
    private readonly Option<bool> _mixed = new("--allow-mixed-arithmetic") { Description = "Coordinator: admit nodes whose processors round differently; runs are then not repeated bit for bit" };
    private readonly Option<bool> _noSharedMemory = CommonOptions.NoSharedMemory();
    private readonly Option<string> _faults = CommonOptions.Faults();
    private readonly Option<bool> _noReport = CommonOptions.NoReport("Coordinator: make no report.html at the end of a run");
    private readonly Option<bool> _lifeline = new("--lifeline") { Hidden = true };

    /// <summary>The page of a coordinator.</summary>
    public DashboardOptionSet Dashboard { get; } = new();

    public void AddTo(Command command)
    {
        Option[] all = [_role, _join, _listen, _advertise, _index, _directory, _dataRoot, _runs, _threads, _replaceAfter, _silence, _mixed, _noSharedMemory, _faults, _noReport, _lifeline];
        foreach (var option in all)
        {
            command.Add(option);
        }

        _control.AddTo(command);
        _cluster.AddAdmissionTo(command);
        Dashboard.AddTo(command);
    }

    /// <summary>Whether the node ends with its standard input, and takes no notice of Ctrl-C.</summary>
    public bool HasLifeline(ParseResult parsed) => parsed.GetValue(_lifeline);

    /// <summary>Whoever started the node for one run makes the report of that run.</summary>
    private bool MakesReports(ParseResult parsed) => !parsed.GetValue(_noReport) && !HasLifeline(parsed);

    public NodeDirectory ClaimDirectory(ParseResult parsed) =>
        parsed.GetValue(_directory) is { } path ? NodeDirectory.Claim(path) : NodeDirectory.ClaimFree(Path.Combine(".distnet", parsed.GetRequiredValue(_role)));

    /// <summary>What is wrong with the addresses, one line each.</summary>
    public IReadOnlyList<string> ProblemsOf(ParseResult parsed)
    {
        var problems = new List<string>();
        TryAll(parsed.GetValue(_join), "--join", problems);
        Try(parsed.GetValue(_listen), "--listen", problems);
        problems.AddRange(_control.ProblemsOf(parsed));
        problems.AddRange(Dashboard.ProblemsOf(parsed));
        return problems;
    }

    /// <summary>The node asked for. Throws <see cref="UsageException"/> with all mistakes.</summary>
    public NodeOptions Read(ParseResult parsed, string directory)
    {
        var role = Enum.Parse<Role>(parsed.GetRequiredValue(_role), ignoreCase: true);
        var problems = new List<string>();
        var join = TryAll(parsed.GetValue(_join), "--join", problems);
        var control = _control.Read(parsed);
        if (problems.Count == 0)
        {
            problems.AddRange(ProblemsOf(role, join, control));
        }

        var listen = Try(parsed.GetValue(_listen), "--listen", problems);
        problems.AddRange(Dashboard.ProblemsOf(parsed));
        if (role != Role.Coordinator && Dashboard.IsAsked(parsed))
        {
            problems.Add($"{DashboardOptions.Option}: a {parsed.GetValue(_role)} has no page; give it to the coordinator");
        }

        var faults = parsed.GetValue(_faults) is { } path ? FaultPlan.Load(path) : null;
        problems.AddRange(control.ProblemWith(faults) is { } problem ? [problem] : []);
        if (problems.Count > 0)
        {
            throw new UsageException(problems);
        }

        var dataRoot = Path.GetFullPath(parsed.GetValue(_dataRoot) ?? ".");
        var silence = CommonOptions.Span(parsed.GetValue(_silence)) ?? ControlTimes.Default.Silence;
        return new NodeOptions
        {
            Role = role,
            Join = join,
            Listen = listen ?? (join is [var to, ..] && role != Role.Coordinator ? new ClusterAddress(RouteTo.Find(to), 0) : new ClusterAddress("127.0.0.1", CoordinatorPort)),
            Advertise = parsed.GetValue(_advertise),
            Index = parsed.GetValue(_index) ?? -1,
            Directory = directory,
            Token = _cluster.TokenOf(parsed),
            Tls = _cluster.TlsOf(parsed),
            DataRoot = dataRoot,
            Runs = parsed.GetValue(_runs),
            Threads = parsed.GetValue(_threads),
            Engine = ControlPlanes.EngineFor(control),
            Times = ControlTimes.Default with { Silence = silence },
            ReplaceAfter = CommonOptions.Span(parsed.GetValue(_replaceAfter)) ?? TimeSpan.FromSeconds(10),
            AllowsMixedArithmetic = parsed.GetValue(_mixed),
            RunFinished = MakesReports(parsed) ? folder => ReportEnd.TryAsync(folder, dataRoot, host) : null,
            SharesMemory = !parsed.GetValue(_noSharedMemory),
            Faults = faults,
        };
    }

    private static IEnumerable<string> ProblemsOf(Role role, IReadOnlyList<ClusterAddress> join, ControlOptions control)
    {
        if (join.Count == 0 && role != Role.Coordinator)
        {
            yield return $"--join: a {role.ToString().ToLowerInvariant()} needs to know where the coordinator listens";
        }
        else if (join.Count > 0 && role == Role.Coordinator && !control.IsAkka)
        {
            yield return "--join: the coordinator joins nobody; the others join it";
        }
        else if (join.Count > 1 && !control.IsAkka)
        {
            yield return $"--join: the built-in control plane has one coordinator; give {ControlOptions.Option} {ControlOptions.Akka} for more nodes that can be it";
        }
    }

    private static Option<string> Required(Option<string> option)
    {
        option.Required = true;
        return option;
    }

    private static IReadOnlyList<ClusterAddress> TryAll(string? text, string option, List<string> problems) =>
        text is null ? [] : Try(() => ClusterAddress.ParseAll(text, option), problems) ?? [];

    private static ClusterAddress? Try(string? text, string option, List<string> problems) =>
        text is null ? null : Try<ClusterAddress?>(() => ClusterAddress.Parse(text, option), problems);

    private static T? Try<T>(Func<T> parse, List<string> problems)
    {
        try
        {
            return parse();
        }
        catch (UsageException e)
        {
            problems.AddRange(e.Problems);
            return default;
        }
    }
}
