using System.Security.Cryptography;
using System.Text;
using DistNet.Hosting;
using DistNet.Lab;
using static System.FormattableString;

namespace DistNet.Reporting;

/// <summary>How a run was made, so that it can be made again: command, configuration, environment, seed and hashes.</summary>
internal static class OriginSection
{
    public static ReportSection Of(RunMaterial run)
    {
        var verb = run.Result?.Virtual ?? false ? "simulate" : "train";
        object?[] blocks =
        [
            new ReportText(run.Command is null ? "The command that makes such a run (the one that was typed is not kept):" : "The command, as it was typed:"),
            new ReportCode(run.Command ?? CommandText.Of(verb, run.Options)),
            new ReportFacts([.. HashesOf(run)]) { AreLong = true },
            run.Environment is { } environment ? EnvironmentFacts(environment) : null,
            Configuration(run.Options),
        ];
        return new ReportSection("How it was made", [.. blocks.OfType<object>()]);
    }

    public static ReportFacts EnvironmentFacts(RunEnvironment environment) => new([.. new ReportFact[]
    {
        new("processor", environment.Processor),
        new("logical processors", Invariant($"{environment.Processors}")),
        new("matrix kernel", environment.Kernel),
        new("system", $"{environment.System}, {environment.Architecture}"),
        new("runtime", environment.Runtime),
        new("DistNet", environment.Version),
    }.Where(fact => !string.IsNullOrEmpty(fact.Value))]);

    /// <summary>Every option that belongs to the run, with its value.</summary>
    /// <param name="options">The options.</param>
    /// <param name="without">Names of options that are left out.</param>
    public static ReportFacts Configuration(TrainingOptions options, params string[] without) => new([.. OptionTable.Entries
        .Where(entry => entry.Scope == OptionScope.Run && !without.Contains(entry.Name))
        .Select(entry => new ReportFact($"--{entry.Name}", entry.TextIn(options)))
        .Where(fact => fact.Value.Length > 0)]);

    private static IEnumerable<ReportFact> HashesOf(RunMaterial run)
    {
        yield return new("run folder", run.Name);
        yield return new("seed", Invariant($"{run.Options.Seed}"));
        if (run.Result is { } result)
        {
            yield return new("weights, SHA-256", result.WeightsSha256);
        }

        if (run.Model is { } model)
        {
            yield return new("data, SHA-256", model.DataSha256);
        }

        yield return new("configuration, SHA-256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(EffectiveConfig.ToJson(run.Options)))));
        if (run.Replay is { } replay)
        {
            yield return new("replayed", Invariant($"{replay.Version} updates, {(replay.IsSame ? "the same bits" : "NOT the same bits")}"));
        }

        if (run.Result is { MixedArithmetic: true })
        {
            yield return new("arithmetic", "mixed: another run need not end in the same bits");
        }
    }
}
