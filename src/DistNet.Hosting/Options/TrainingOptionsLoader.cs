namespace DistNet.Hosting;

/// <summary>
/// Options from all their sources, later ones winning: defaults, preset, configuration file, environment variables,
/// command line. Collects every mistake of every source before it complains.
/// </summary>
public sealed class TrainingOptionsLoader
{
    private readonly List<string> _problems = [];

    /// <summary>
    /// The options asked for, checked, with the number of lanes filled in. Throws <see cref="UsageException"/> with all mistakes.
    /// </summary>
    /// <param name="commandLine">Option names as in <see cref="OptionTable"/> with the text given; a flag's text is empty.</param>
    /// <param name="environment">Environment variables; those that begin with DISTNET_ and name an option count.</param>
    public static TrainingOptions Load(
        IReadOnlyList<KeyValuePair<string, string>> commandLine,
        IEnumerable<KeyValuePair<string, string>> environment) =>
        new TrainingOptionsLoader().Load(OptionLayer.CommandLine(commandLine), OptionLayer.Environment(environment));

    /// <summary>The options stored in a run folder. Throws <see cref="UsageException"/> when they are none.</summary>
    public static TrainingOptions LoadStored(string path) =>
        new TrainingOptionsLoader().Finish([OptionLayer.File(path)]);

    /// <summary>The options in a JSON object that came from elsewhere. Throws <see cref="UsageException"/> when they are none.</summary>
    /// <param name="json">As <see cref="EffectiveConfig"/> writes it.</param>
    /// <param name="source">What it is called in messages.</param>
    public static TrainingOptions LoadJson(string json, string source)
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        return new TrainingOptionsLoader().Finish([OptionLayer.Json(content, source)]);
    }

    private TrainingOptions Load(OptionLayer commandLine, OptionLayer environment)
    {
        if (LastText("resume", [commandLine]) is { } folder)
        {
            RefuseWhatResumeCannotChange(commandLine);
            return Finish([ReadFile(Path.Combine(folder, RunFolder.ConfigName), "--resume"), commandLine]);
        }

        return LastText("config", [environment, commandLine]) is { } file
            ? Finish([ReadFile(file, "--config"), environment, commandLine])
            : Finish([environment, commandLine]);
    }

    private TrainingOptions Finish(IReadOnlyList<OptionLayer> layers)
    {
        var options = layers.Aggregate(Start(layers), Apply);
        var problems = _problems.Concat(TrainingOptionsValidator.Validate(options)).Distinct().ToArray();
        return problems.Length == 0 ? options with { Lanes = options.LaneCount } : throw new UsageException(problems);
    }

    /// <summary>The settings of the preset that the last source names, else the defaults.</summary>
    private TrainingOptions Start(IReadOnlyList<OptionLayer> layers)
    {
        if (LastText("preset", layers) is not { } name)
        {
            return new TrainingOptions();
        }

        if (Presets.Find(name, out var problem) is { } preset)
        {
            return preset.Options;
        }

        _problems.Add(problem);
        return new TrainingOptions();
    }

    private TrainingOptions Apply(TrainingOptions options, OptionLayer layer)
    {
        // A source that says how long the run is says it alone: --steps replaces a preset's epochs.
        if (LastText("epochs", [layer]) is not null || LastText("steps", [layer]) is not null)
        {
            options = options with { Epochs = null, Steps = null };
        }

        return layer.Values.Aggregate(options, (current, value) => Apply(current, layer, value.Key, value.Value));
    }

    private TrainingOptions Apply(TrainingOptions options, OptionLayer layer, string name, string text)
    {
        var entry = OptionTable.Find(name);
        if (entry is null)
        {
            _problems.Add($"{layer.NameOf(name)} is no option{NameHint.For(name, OptionTable.Entries.Select(known => known.Key))}");
            return options;
        }

        if (entry.Scope == OptionScope.CommandLineOnly && !layer.IsCommandLine)
        {
            if (entry.Name != "config")
            {
                _problems.Add($"{layer.NameOf(name)}: --{entry.Name} can be given on the command line only");
            }

            return options;
        }

        try
        {
            return entry.Set(options, text);
        }
        catch (FormatException e)
        {
            _problems.Add($"{layer.NameOf(name)}: '{text}' {e.Message}");
            return options;
        }
    }

    private void RefuseWhatResumeCannotChange(OptionLayer commandLine)
    {
        foreach (var (name, _) in commandLine.Values)
        {
            if (OptionTable.Find(name) is { MayChangeOnResume: false })
            {
                _problems.Add($"--{name}: cannot be given with --resume; the run keeps what its config.json says");
            }
        }
    }

    private OptionLayer ReadFile(string path, string option)
    {
        try
        {
            return OptionLayer.File(path);
        }
        catch (UsageException e)
        {
            _problems.AddRange(e.Problems.Select(problem => problem.Replace("--config", option)));
            return new OptionLayer([], name => name);
        }
    }

    private static string? LastText(string option, IEnumerable<OptionLayer> layers) => layers
        .SelectMany(layer => layer.Values)
        .Where(value => OptionTable.Find(value.Key)?.Name == option && value.Value != OptionTypes.None)
        .Select(value => value.Value)
        .LastOrDefault();
}
