using System.CommandLine;
using DistNet.Hosting;

namespace DistNet.Cli;

/// <summary><c>distnet train</c>.</summary>
internal static class TrainCommand
{
    public static Command Build(CommandHost host)
    {
        var options = OptionTable.Entries.Select(entry => (entry, option: ToOption(entry))).ToArray();
        var command = new Verb("train", "Train a network in this process: workers, parameter servers and a coordinator on threads.", More())
        {
            Check = parsed => ProblemsOf(parsed, options, host),
        };
        foreach (var (_, option) in options)
        {
            command.Add(option);
        }

        command.SetAction((parsed, _) => RunAsync(TrainingOptionsLoader.Load(Given(parsed, options), host.Environment), host));
        return command;
    }

    private static KeyValuePair<string, string>[] Given(ParseResult parsed, (OptionEntry Entry, Option<string> Option)[] options) =>
    [
        .. options
            .Where(pair => parsed.GetResult(pair.Option) is { Implicit: false, Errors: var errors } && !errors.Any())
            .Select(pair => KeyValuePair.Create(pair.Entry.Name, parsed.GetValue(pair.Option) ?? "")),
    ];

    private static IReadOnlyList<string> ProblemsOf(ParseResult parsed, (OptionEntry Entry, Option<string> Option)[] options, CommandHost host)
    {
        try
        {
            TrainingOptionsLoader.Load(Given(parsed, options), host.Environment);
            return [];
        }
        catch (UsageException e)
        {
            return e.Problems;
        }
    }

    private static Option<string> ToOption(OptionEntry entry)
    {
        var standard = entry.TextIn(new TrainingOptions());
        return new Option<string>($"--{entry.Name}", [.. entry.Aliases.Select(alias => $"--{alias}")])
        {
            Description = entry.IsFlag || standard.Length == 0 ? entry.Description : $"{entry.Description} [default: {standard}]",
            HelpName = entry.IsFlag ? "true|false" : entry.Placeholder,
            Arity = entry.IsFlag ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        };
    }

    private static async Task<int> RunAsync(TrainingOptions options, CommandHost host)
    {
        if (options.PrintConfig)
        {
            host.Out.WriteLine(EffectiveConfig.ToJson(options));
            return ExitCode.Done;
        }

        var result = await TrainingView.RunAsync(options, host, progress => host.Services.Train(options, progress, host.Stop));
        Print(result, options, host);
        return result.Stopped ? ExitCode.Interrupted : ExitCode.Done;
    }

    private static void Print(TrainingResult result, TrainingOptions options, CommandHost host)
    {
        if (options.Format == OutputFormat.Json)
        {
            host.Out.WriteLine(result.ToJson());
        }
        else
        {
            TrainingSummary.Write(host.Out, result);
        }

        if (result.Stopped)
        {
            host.Complain($"stopped with a checkpoint; go on with: distnet train --resume {result.Run}");
        }
    }

    private static string More() =>
        $"""
        Examples:
          distnet train
          distnet train --preset cancer-deep --workers 4 --seed 7
          distnet train --data csv:flowers.csv --label species --hidden 32,16 --optimizer adam --lr 0.01
          distnet train --preset relu-28x28 --data idx:fashion-mnist --epochs 5 --format json
          distnet train --resume runs/20260101-120000-digits --epochs 60

        Options come from, later ones winning: defaults, preset, --config FILE (JSON), environment variables
        such as DISTNET_LR or DISTNET_TEST_FRACTION, command line.

        Presets:
        {string.Join('\n', Presets.All.Select(preset => $"  {preset.Name,-22}{preset.Summary}{(preset.NeedsFolder is null ? "" : " (needs --data idx:DIR)")}"))}
        """;
}
