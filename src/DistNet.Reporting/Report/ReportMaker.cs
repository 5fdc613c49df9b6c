using DistNet.Hosting;
using DistNet.Lab;

namespace DistNet.Reporting;

/// <summary>Makes report.html of a run folder, or of a comparison's folder.</summary>
public static class ReportMaker
{
    public const string FileName = "report.html";

    /// <summary>Writes the report, whole or not at all; one that is there is replaced.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="dataRoot">Where relative paths of data begin; null: in the current folder.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="RunFolderException">The folder is neither, or cannot be read or written.</exception>
    public static async Task<string> MakeAsync(string folder, string? dataRoot = null)
    {
        var model = IsComparison(folder)
            ? ComparisonReport.Of(ComparisonMaterial.Read(folder))
            : RunReport.Of(RunMaterialReader.Read(RunFolder.Open(folder), dataRoot));
        var path = Path.Combine(folder, FileName);
        try
        {
            AtomicFile.Write(path, await PageOfAsync(model).ConfigureAwait(false));
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"cannot write {path}: {e.Message}", e);
        }
    }

    /// <summary>The same; of a comparison, the reports of its runs first.</summary>
    /// <inheritdoc cref="MakeAsync"/>
    public static async Task<string> MakeAllAsync(string folder, string? dataRoot = null)
    {
        if (IsComparison(folder))
        {
            foreach (var run in RunsIn(folder))
            {
                await TryMakeAsync(run, dataRoot).ConfigureAwait(false);
            }
        }

        return await MakeAsync(folder, dataRoot).ConfigureAwait(false);
    }

    /// <summary>A run that has no report, for whatever reason, does not keep the comparison from its own.</summary>
    private static async Task TryMakeAsync(string run, string? dataRoot)
    {
        try
        {
            await MakeAsync(run, dataRoot).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The comparison's own report says what is missing.
        }
    }

    /// <summary>The run folders in a folder, in the order of their names.</summary>
    public static IEnumerable<string> RunsIn(string folder) =>
        Directory.EnumerateDirectories(folder).Where(run => File.Exists(Path.Combine(run, RunFolder.ConfigName))).Order(StringComparer.Ordinal);

    /// <summary>A report as the text of a page.</summary>
    public static Task<string> PageOfAsync(ReportModel model) => HtmlText.OfModelAsync<ReportPage>(model);

    /// <summary>The folder holds a comparison, not a run.</summary>
    public static bool IsComparison(string folder) => File.Exists(Path.Combine(folder, Comparison.FileName));
}
