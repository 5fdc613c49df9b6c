using DistNet.Learning;
using static System.FormattableString;

namespace DistNet.Hosting;

/// <summary>
/// Checks options on their own, before any data is read. Reports every mistake at once, one line each, that names the
/// option and says what would be right. What the data decides, such as a batch larger than it, is checked by the session.
/// </summary>
public sealed class TrainingOptionsValidator
{
    private const int MaxThreads = 1024;
    private const int MaxLanes = 65536;

    private readonly List<string> _problems = [];

    private TrainingOptionsValidator()
    {
    }

    /// <summary>The options, checked, with the number of lanes filled in. Throws <see cref="UsageException"/> with all mistakes.</summary>
    public static TrainingOptions Checked(TrainingOptions options) => Validate(options) is { Count: > 0 } problems
        ? throw new UsageException(problems)
        : options with { Lanes = options.LaneCount };

    /// <summary>One line for each mistake.</summary>
    public static IReadOnlyList<string> Validate(TrainingOptions options)
    {
        var validator = new TrainingOptionsValidator();
        validator.CheckData(options);
        validator.CheckNetwork(options);
        validator.CheckOptimization(options);
        validator.CheckRun(options);
        return validator._problems;
    }

    private void CheckData(TrainingOptions o)
    {
        CheckSource(o);
        Require(o.TestFraction is >= 0 and < 1, "test-fraction", o.TestFraction, "at least 0 and less than 1");
        Require(o.Samples is null or >= 2, "samples", o.Samples, "at least 2");
        Require(o.Noise is null or >= 0, "noise", o.Noise, "at least 0");
    }

    private void CheckSource(TrainingOptions o)
    {
        if (o.Data.Length == 0 && o.Preset is not null && Presets.Find(o.Preset, out _) is { NeedsFolder: { } needed })
        {
            _problems.Add($"--data: preset {o.Preset} needs {needed}");
        }
        else if (!DataSource.TryParse(o.Data, out var source, out var problem))
        {
            _problems.Add(problem);
        }
        else if (source.Kind != DataSourceKind.Csv && (o.Label is not null || o.Header is not null))
        {
            _problems.Add($"{(o.Label is not null ? "--label" : "--header")}: is for --data csv:FILE; the data is {o.Data}");
        }
    }

    private void CheckNetwork(TrainingOptions o)
    {
        Require(o.Hidden.All(width => width >= 1), "hidden", string.Join(',', o.Hidden), "widths of at least 1, such as 512,256, or none");
        Require(o.Dropout is >= 0 and < 1, "dropout", o.Dropout, "at least 0 and less than 1");
        Require(o.Dropout == 0 || o.Hidden.Count > 0, "dropout", o.Dropout, "0 where there is no hidden layer");
        Require(o.L2 >= 0, "l2", o.L2, "at least 0");
        Require(o.L1 >= 0, "l1", o.L1, "at least 0");
        Require(o.InitSha256 is null || (o.InitSha256.Length == 64 && o.InitSha256.All(char.IsAsciiHexDigitLower)), "init-sha256", o.InitSha256, "64 lower-case hexadecimal digits");
        if (o.InitSha256 is not null && o.InitFrom is null)
        {
            _problems.Add("--init-sha256: is of the weights that --init-from names; give both");
        }

        if (o.OutputActivation != Activation.Identity && o.Loss != LossKind.SquaredError)
        {
            _problems.Add("--output-activation: must be identity unless --loss is squared; the cross-entropies bring their own");
        }
    }

    private void CheckOptimization(TrainingOptions o)
    {
        Require(o.LearningRate > 0, "lr", o.LearningRate, "more than 0");
        Require(o.Momentum is >= 0 and < 1, "momentum", o.Momentum, "at least 0 and less than 1");
        Require(o.Beta1 is >= 0 and < 1, "beta1", o.Beta1, "at least 0 and less than 1");
        Require(o.Beta2 is >= 0 and < 1, "beta2", o.Beta2, "at least 0 and less than 1");
        Require(o.Epsilon > 0, "epsilon", o.Epsilon, "more than 0");
        Require(o.Warmup is >= 0 and < 1, "warmup", o.Warmup, "at least 0 and less than 1");
        Require(o.Batch >= 0, "batch", o.Batch, "at least 1, or full");
        Require(o.ClipValue is null or > 0, "clip-value", o.ClipValue, "more than 0");
        Require(o.ClipNorm is null or > 0, "clip-norm", o.ClipNorm, "more than 0");
        CheckLength(o);
    }

    private void CheckLength(TrainingOptions o)
    {
        Require(o.Epochs is null or >= 1, "epochs", o.Epochs, "at least 1");
        Require(o.Steps is null or >= 1, "steps", o.Steps, "at least 1");
        if (o.Epochs is null == o.Steps is null)
        {
            _problems.Add("--epochs, --steps: give one of them");
        }
    }

    private void CheckRun(TrainingOptions o)
    {
        Require(o.Workers is >= 1 and <= MaxThreads, "workers", o.Workers, $"from 1 to {MaxThreads}");
        Require(o.Servers is >= 1 and <= MaxThreads, "servers", o.Servers, $"from 1 to {MaxThreads}");
        Require(o.Threads is null or (>= 1 and <= MaxThreads), "threads", o.Threads, $"from 1 to {MaxThreads}");
        Require(o.Lanes is null or (>= 1 and <= MaxLanes), "lanes", o.Lanes, $"from 1 to {MaxLanes}");
        Require(o.EvalEvery >= 1, "eval-every", o.EvalEvery, "at least 1");
        Require(o.CheckpointEvery is null or >= 1, "checkpoint-every", o.CheckpointEvery, "at least 1");
        Require(o.TargetAccuracy is null or (> 0 and <= 1), "target-accuracy", o.TargetAccuracy, "more than 0 and at most 1");
        _problems.AddRange(ModeValidator.Validate(o, o.LaneCount is >= 1 and <= MaxLanes ? o.LaneCount : MaxLanes));
    }

    private void Require(bool holds, string option, object? value, string right)
    {
        if (!holds)
        {
            _problems.Add(Invariant($"--{option}: must be {right}, not {value}"));
        }
    }
}
