using System.Text.Json;
using DistNet.Hosting;
using DistNet.Lab;

namespace DistNet.Reporting;

/// <summary>What a comparison's folder says: its figures, and the first run of each rule for what figures do not show.</summary>
/// <param name="Comparison">comparison.json.</param>
/// <param name="Options">What all runs share.</param>
/// <param name="Command">As it was typed; null: it was not kept.</param>
/// <param name="Examples">A completed run of each rule, by the rule; rules without any are left out.</param>
/// <param name="Missing">What is not there, a line each.</param>
public sealed record ComparisonMaterial(
    Comparison Comparison, TrainingOptions Options, string? Command, IReadOnlyDictionary<string, RunMaterial> Examples, IReadOnlyList<string> Missing)
{
    public bool IsVirtual => Comparison.Under == Experiments.Simulation;

    /// <exception cref="RunFolderException">The comparison cannot be read.</exception>
    public static ComparisonMaterial Read(string folder)
    {
        var path = Path.Combine(folder, Comparison.FileName);
        var (comparison, options) = ReadComparison(path);
        var missing = new List<string>();
        var examples = new Dictionary<string, RunMaterial>();
        foreach (var rule in comparison.Rules.Select(rule => rule.Rule))
        {
            if (ExampleOf(comparison, rule, folder, missing) is { } example)
            {
                examples.Add(rule, example);
            }
        }

        var command = Path.Combine(folder, RunFolder.CommandName);
        return new ComparisonMaterial(comparison, options, File.Exists(command) ? File.ReadAllText(command).Trim() : null, examples, missing);
    }

    private static RunMaterial? ExampleOf(Comparison comparison, string rule, string folder, List<string> missing)
    {
        var run = comparison.Runs.FirstOrDefault(run => run.Rule == rule && run.Outcome == RunOutcome.Completed);
        if (run is null)
        {
            missing.Add($"{rule}: no run of it completed");
            return null;
        }

        try
        {
            var path = RunFolder.PathIn(folder, run.Folder) ?? throw new RunFolderException($"'{run.Folder}' is no folder within {folder}");
            return RunMaterialReader.ReadRun(RunFolder.Open(path));
        }
        catch (RunFolderException e)
        {
            missing.Add($"{rule}: {e.Message}");
            return null;
        }
    }

    private static (Comparison Comparison, TrainingOptions Options) ReadComparison(string path)
    {
        try
        {
            var comparison = Comparison.Parse(File.ReadAllText(path));
            return (comparison, TrainingOptionsLoader.LoadJson(comparison.Options.ToJsonString(), path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or UsageException)
        {
            throw new RunFolderException($"cannot read {path}: {e.Message}", e);
        }
    }
}
