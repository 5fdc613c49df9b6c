using DistNet.Hosting;

namespace DistNet.Lab.Tests;

public sealed class StudyRunnerTests : IDisposable
{
    private static readonly JitterStudy Study = new() { Clocks = 200, Slacks = [0, 2] };

    private readonly TemporaryFolder _temporary = new();
    private readonly List<string> _lines = [];

    private StudyOptions Options => new() { Study = Study, Seed = 5, Folder = _temporary.File("study") };

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task The_file_has_tables_conclusion_curves_and_commands()
    {
        var report = await RunAsync(Options);
        var text = await File.ReadAllTextAsync(Path.Combine(Options.Folder, StudyReport.FileName));
        text.ShouldBe(report.ToJson());
        StudyReport.Parse(text).ToJson().ShouldBe(text);
        report.Tables.Sum(table => table.Rows.Count).ShouldBe(6);
        report.Tables.SelectMany(table => table.Rows).ShouldAllBe(row => row.Runs[0].Curve.Count > 0 && row.Command.Contains("--seed 5"));
        _lines.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Figures_depend_on_the_seed_and_not_on_threads()
    {
        var first = await RunAsync(Options with { Folder = _temporary.File("1"), Threads = 1 });
        var same = await RunAsync(Options with { Folder = _temporary.File("2"), Threads = 3 });
        var other = await RunAsync(Options with { Folder = _temporary.File("3"), Seed = 6 });
        Rates(same).ShouldBe(Rates(first));
        Rates(other).ShouldNotBe(Rates(first));
    }

    [Fact]
    public async Task Tables_fit_into_eighty_columns()
    {
        using var writer = new StringWriter();
        StudyText.Write(writer, await RunAsync(Options));
        var lines = writer.ToString().Split('\n');
        lines.ShouldContain("Conclusion");
        lines.Where(line => line.Contains('─') || line.Contains('±')).ShouldAllBe(line => line.TrimEnd().Length <= 80);
        lines.Count(line => line.StartsWith("  distnet simulate")).ShouldBe(6);
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_refused()
    {
        Directory.CreateDirectory(Options.Folder);
        await File.WriteAllTextAsync(Path.Combine(Options.Folder, "x"), "");
        (await Should.ThrowAsync<UsageException>(() => RunAsync(Options))).Message.ShouldContain("--output:");
        _lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_study_that_is_stopped_has_no_report()
    {
        using var stop = new CancellationTokenSource();
        var runner = new StudyRunner(Options with { Threads = 1 }, _ => stop.Cancel());
        await Should.ThrowAsync<OperationCanceledException>(() => runner.RunAsync(stop.Token));
        File.Exists(Path.Combine(Options.Folder, StudyReport.FileName)).ShouldBeFalse();
    }

    private static double[] Rates(StudyReport report) => [.. report.Tables.SelectMany(table => table.Rows).Select(row => row["grad/s"])];

    private Task<StudyReport> RunAsync(StudyOptions options) => new StudyRunner(options, _lines.Add).RunAsync(default);
}
