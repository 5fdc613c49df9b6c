using System.CommandLine;
using DistNet.Hosting;

namespace DistNet.Cli;

/// <summary>The options of a training run on a verb's command line.</summary>
internal sealed class TrainingOptionSet
{
    private readonly (OptionEntry Entry, Option<string> Option)[] _options =
        [.. OptionTable.Entries.Select(entry => (entry, ToOption(entry)))];

    private readonly CommandHost _host;

    /// <param name="host">Whose environment counts too.</param>
    public TrainingOptionSet(CommandHost host) => _host = host;

    /// <summary>For the end of a verb's help.</summary>
    public static string Presets() => string.Join(
        '\n', Hosting.Presets.All.Select(preset => $"  {preset.Name,-22}{preset.Summary}{(preset.NeedsFolder is null ? "" : " (needs --data idx:DIR)")}"));

    public void AddTo(Command command)
    {
        foreach (var (_, option) in _options)
        {
            command.Add(option);
        }
    }

    /// <summary>The options asked for, checked. Throws <see cref="UsageException"/> with all mistakes.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="implied">What counts where neither command line nor environment say it.</param>
    public TrainingOptions Load(ParseResult parsed, params KeyValuePair<string, string>[] implied)
    {
        var given = Given(parsed);
        var environment = implied.Where(pair => given.All(option => option.Key != pair.Key))
            .Select(pair => KeyValuePair.Create($"DISTNET_{pair.Key.ToUpperInvariant()}", pair.Value));
        return TrainingOptionsLoader.Load(given, environment.Concat(_host.Environment));
    }

    /// <summary>The same, for a simulated cluster: a lane has a worker of its own unless it is said how many there are.</summary>
    public TrainingOptions LoadForSimulation(ParseResult parsed)
    {
        var options = Load(parsed);
        return Gives(parsed, "lanes") && !Gives(parsed, "workers")
            ? Load(parsed, KeyValuePair.Create("workers", FormattableString.Invariant($"{options.Lanes}")))
            : options;
    }

    /// <summary>Whether the command line names that option.</summary>
    public bool IsGiven(ParseResult parsed, string name) => Given(parsed).Any(option => option.Key == name);

    /// <summary>What the command line says of each option that it names.</summary>
    public IReadOnlyDictionary<string, string> Texts(ParseResult parsed) => Given(parsed).ToDictionary();

    /// <summary>What is wrong with the values, one line each.</summary>
    public IReadOnlyList<string> ProblemsOf(ParseResult parsed) => UsageProblems.In(() => Load(parsed));

    /// <summary>Whether the command line or the environment say this option.</summary>
    public bool Gives(ParseResult parsed, string name) =>
        Given(parsed).Any(option => option.Key == name) || _host.IsSet($"DISTNET_{name.ToUpperInvariant()}");

    private KeyValuePair<string, string>[] Given(ParseResult parsed) =>
    [
        .. _options
            .Where(pair => parsed.GetResult(pair.Option) is { Implicit: false, Errors: var errors } && !errors.Any())
            .Select(pair => KeyValuePair.Create(pair.Entry.Name, parsed.GetValue(pair.Option) ?? "")),
    ];

    private static Option<string> ToOption(OptionEntry entry)
    {
        var standard = entry.TextIn(new TrainingOptions());
        var option = new Option<string>($"--{entry.Name}", [.. entry.Aliases.Select(alias => $"--{alias}")])
        {
            Description = entry.IsFlag || standard.Length == 0 ? entry.Description : $"{entry.Description} [default: {standard}]",
            HelpName = entry.IsFlag ? "true|false" : entry.Placeholder,
            Arity = entry.IsFlag ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        };
        option.CompletionSources.Add([.. entry.Suggestions]);
        return option;
    }
}
