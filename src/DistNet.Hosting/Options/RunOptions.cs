using DistNet.Actors;
using DistNet.Learning;
using static DistNet.Hosting.OptionTypes;

namespace DistNet.Hosting;

internal static class RunOptions
{
    private static readonly OptionType<string> ModeType = new("RULE", RuleSchedule.Normal, value => value);

    private static readonly OptionType<Sharding> ShardingType = Choice(("iid", Sharding.Iid), ("by-label", Sharding.ByLabel));

    private static readonly OptionType<OutputFormat> FormatType = Choice(("text", OutputFormat.Text), ("json", OutputFormat.Json));

    public static IEnumerable<OptionEntry> Entries =>
    [
        OptionEntry.Of("workers", Whole, "Number of workers", o => o.Workers, (o, v) => o with { Workers = v }) with { MayChangeOnResume = true },
        OptionEntry.Of("servers", Whole, "Number of parameter servers", o => o.Servers, (o, v) => o with { Servers = v }) with { MayChangeOnResume = true },
        OptionEntry.Of("lanes", Whole.OrNone(), "Logical workers, part of the run's identity; as many as workers unless given", o => o.Lanes, (o, v) => o with { Lanes = v }),
        OptionEntry.Of("sharding", ShardingType, "Samples that a lane has, part of the run's identity: any, or its part of all sorted by label", o => o.Sharding, (o, v) => o with { Sharding = v }),
        OptionEntry.Of("mode", ModeType, $"Update rule: {UpdateRules.Forms}; RULE@VERSION,RULE switches at that update", o => o.Mode, (o, v) => o with { Mode = v }),
        OptionEntry.Of("correction", Text.As("NAME"), $"What is done to gradients that come late: {CorrectionSpec.Forms}", o => o.Correction, (o, v) => o with { Correction = v }),
        OptionEntry.Of("seed", Seed, "Seed of all luck", o => o.Seed, (o, v) => o with { Seed = v }),
        OptionEntry.Of("threads", Whole.OrNone(), "Compute threads; one for each core unless given", o => o.Threads, (o, v) => o with { Threads = v }) with { MayChangeOnResume = true },
        OptionEntry.Of("eval-every", Whole, "Epochs between evaluations on the test part and lines of progress", o => o.EvalEvery, (o, v) => o with { EvalEvery = v }),
        OptionEntry.Of("target-accuracy", OptionTypes.Double.OrNone().As("FRACTION"), "End when the test accuracy reaches this", o => o.TargetAccuracy, (o, v) => o with { TargetAccuracy = v }),
        OptionEntry.Of("record-steps", Flag, "Loss history of every step instead of every epoch", o => o.RecordSteps, (o, v) => o with { RecordSteps = v }),
        OptionEntry.Of("checkpoint-every", Long.OrNone().As("STEPS"), "Steps between checkpoints; every 5 s unless given", o => o.CheckpointEvery, (o, v) => o with { CheckpointEvery = v }),
        OptionEntry.Of("out", Text.OrNone().As("DIR"), "Run folder; runs/<time>-<name> unless given", o => o.Out, (o, v) => o with { Out = v }) with { Scope = OptionScope.Command },
        OptionEntry.Of("resume", Text.OrNone().As("DIR"), "Go on with the run in this folder; only --epochs, --steps, --workers, --servers, --threads, --format, --quiet and --no-report may be given with it", o => o.Resume, (o, v) => o with { Resume = v }) with { Scope = OptionScope.CommandLineOnly, MayChangeOnResume = true },
        OptionEntry.Of("config", Text.OrNone().As("FILE"), "Read options from a JSON file", o => o.ConfigFile, (o, v) => o with { ConfigFile = v }) with { Scope = OptionScope.CommandLineOnly },
        OptionEntry.Of("format", FormatType, "How the result is printed", o => o.Format, (o, v) => o with { Format = v }) with { Scope = OptionScope.Command, MayChangeOnResume = true },
        OptionEntry.Of("print-config", Flag, "Print the effective configuration as JSON and end", o => o.PrintConfig, (o, v) => o with { PrintConfig = v }) with { Scope = OptionScope.CommandLineOnly, MayChangeOnResume = true },
        OptionEntry.Of("quiet", Flag, "Print no progress", o => o.Quiet, (o, v) => o with { Quiet = v }) with { Scope = OptionScope.Command, MayChangeOnResume = true },
        OptionEntry.Of("no-report", Flag, "Make no report.html at the end", o => o.NoReport, (o, v) => o with { NoReport = v }) with { Scope = OptionScope.Command, MayChangeOnResume = true },
    ];
}
