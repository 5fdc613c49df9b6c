using System.CommandLine;
using System.Globalization;
using DistNet.Hosting;
using DistNet.Simulation;

namespace DistNet.Cli;

/// <summary>What <c>distnet simulate --chaos</c> is asked for.</summary>
/// <param name="Options">Which schedules.</param>
/// <param name="SaveFaults">Where the plan of faults goes; null: nowhere.</param>
/// <param name="IsJson">The report is one JSON object.</param>
internal sealed record ChaosRequest(ChaosOptions Options, string? SaveFaults, bool IsJson);

/// <summary>The options of chaos on the command line of <c>distnet simulate</c>; some are those of training, read in another way.</summary>
internal sealed class ChaosOptionSet(TrainingOptionSet training, SimulateOptionSet simulation)
{
    private static readonly string[] Shared = ["seed", "mode", "threads", "format"];

    private readonly Option<int?> _chaos = new("--chaos") { HelpName = "N", Description = "Run N schedules drawn from seeds, with faults and all checkers; see below" };
    private readonly Option<string> _saveFaults = new("--save-faults") { HelpName = "FILE", Description = "With --chaos: write the faults of the schedule that fails, or of the only one, as a file" };

    public void AddTo(Command command)
    {
        command.Add(_chaos);
        command.Add(_saveFaults);
    }

    /// <summary>Whether there is anything of chaos on the command line.</summary>
    public bool IsAsked(ParseResult parsed) => parsed.GetResult(_chaos) is not null || parsed.GetResult(_saveFaults) is not null;

    /// <summary>What is wrong with the values, one line each.</summary>
    public IReadOnlyList<string> ProblemsOf(ParseResult parsed) => UsageProblems.In(() => Load(parsed));

    /// <exception cref="UsageException">With every mistake.</exception>
    public ChaosRequest Load(ParseResult parsed)
    {
        var texts = training.Texts(parsed);
        var problems = new List<string>();
        problems.AddRange(texts.Keys.Except(Shared).Concat(simulation.Given(parsed).Select(static name => name[2..])).Select(name => $"--{name}: chaos draws its clusters itself; leave it out"));
        if (parsed.GetResult(_chaos) is null)
        {
            problems.Add("--save-faults: saves the faults of --chaos N; say how many schedules");
        }

        var standard = new ChaosOptions();
        var options = new ChaosOptions
        {
            Schedules = parsed.GetResult(_chaos) is { Errors: var errors } && !errors.Any() ? parsed.GetValue(_chaos) ?? 1 : 1,
            First = Number(texts, "seed", standard.First, problems),
            Threads = (int)Math.Min(int.MaxValue, Number(texts, "threads", (ulong)standard.Threads, problems)),
            Family = texts.GetValueOrDefault("mode"),
        };
        problems.AddRange(options.Problems);
        var format = texts.GetValueOrDefault("format", "text");
        problems.AddRange(format is "text" or "json" ? [] : [$"--format: must be text or json, not {format}"]);
        return problems.Count == 0 ? new ChaosRequest(options, parsed.GetValue(_saveFaults), format == "json") : throw new UsageException(problems);
    }

    private static ulong Number(IReadOnlyDictionary<string, string> texts, string name, ulong standard, List<string> problems)
    {
        if (!texts.TryGetValue(name, out var text))
        {
            return standard;
        }

        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            problems.Add($"--{name}: must be a whole number of 0 or more, not '{text}'");
            return standard;
        }

        return number;
    }
}
