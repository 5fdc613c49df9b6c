using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DistNet.Cluster;
using DistNet.Hosting;

namespace DistNet.Cli;

/// <summary>Options that several verbs share, and how options of some kinds are read.</summary>
internal static class CommonOptions
{
    public static Option<string> Run() => new("--run") { HelpName = "DIR", Required = true, Description = "The run folder" };

    /// <summary>The first form is the default.</summary>
    public static Option<string> Format(params string[] forms) => Choice("--format", $"How the result is printed [default: {forms[0]}]", forms);

    public static Option<bool> NoReport(string description) => new("--no-report") { Description = description };

    public static Option<bool> NoSharedMemory() => new(LocalCluster.NoSharedMemory) { Description = "Send tensors through sockets to processes of the same machine too" };

    public static Option<string> Faults() => new(LocalCluster.Faults) { HelpName = "FILE", Description = "Bring about the faults in this file: see docs/faults.md" };

    /// <summary>One of a few words; null when not given.</summary>
    public static Option<string> Choice(string name, string description, params string[] words)
    {
        var option = new Option<string>(name) { HelpName = string.Join('|', words), Description = description };
        option.Validators.Add(result => Check(result, name, result.GetValueOrDefault<string>(), words));
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>The same for an argument.</summary>
    public static Argument<string?> ChosenArgument(string name, string description, params string[] words)
    {
        var argument = new Argument<string?>(name) { Arity = ArgumentArity.ZeroOrOne, Description = description };
        argument.Validators.Add(result => Check(result, name, result.GetValueOrDefault<string>(), words));
        argument.CompletionSources.Add(words);
        return argument;
    }

    /// <summary>A whole number of at least <paramref name="least"/>; null when not given.</summary>
    public static Option<int?> Whole(string name, int least, string description) => Number<int>(
        name,
        "N",
        description,
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least ? value : null,
        $"a whole number of {least} or more");

    public static Option<ulong?> Seed(string description) => Number<ulong>(
        "--seed",
        "N",
        description,
        text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null,
        "a whole number of 0 or more");

    /// <summary>A time above 0; null when not given.</summary>
    public static Option<double?> Seconds(string name, string description) => AboveZero(name, "SECONDS", description);

    /// <summary>A number above 0; null when not given.</summary>
    public static Option<double?> AboveZero(string name, string placeholder, string description) =>
        Real(name, placeholder, description, value => value > 0, "a number above 0");

    /// <summary>A number of 0 or more; null when not given.</summary>
    public static Option<double?> NotNegative(string name, string placeholder, string description) =>
        Real(name, placeholder, description, value => value >= 0, "a number of 0 or more");

    public static TimeSpan? Span(double? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;

    private static void Check(SymbolResult result, string name, string? text, string[] words)
    {
        if (text is not null && !words.Contains(text))
        {
            result.AddError($"{name}: '{text}' is not one of {string.Join(", ", words)}{NameHint.For(text, words)}");
        }
    }

    private static Option<double?> Real(string name, string placeholder, string description, Func<double, bool> holds, string what) => Number<double>(
        name,
        placeholder,
        description,
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && holds(value) ? value : null,
        what);

    private static Option<T?> Number<T>(string name, string placeholder, string description, Func<string, T?> parse, string what)
        where T : struct => new(name)
        {
            HelpName = placeholder,
            Description = description,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                var value = parse(text);
                if (value is null)
                {
                    result.AddError($"{name}: '{text}' is not {what}");
                }

                return value;
            },
        };
}
