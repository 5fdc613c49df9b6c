namespace DistNet.Library.Tests;

/// <summary>The examples run, and the documentation shows them as they are.</summary>
public sealed class ExampleTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "DistNet.Examples.dll");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Digits_are_trained_saved_loaded_and_predicted()
    {
        (await RunAsync("train")).ShouldHaveSingleItem().ShouldMatch("^64-64-10, relu, softmax: 9[0-9]");
        var lines = await RunAsync("load");

        lines.Length.ShouldBe(2);
        lines[0].ShouldMatch("^the first is a [0-9], ");
        lines[1].ShouldMatch("^3[0-9]+ of 359 are right$");
    }

    [Fact]
    public async Task Own_data_are_trained_on_and_no_file_is_written()
    {
        var lines = await RunAsync("own-data");

        lines[0].ShouldMatch("^disc: 1000 samples of 2 features, 2 classes; 9[0-9]");
        lines[1].ShouldBe("(0.1, 0.2) is inside");
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_stops_by_its_own_progress_and_goes_on()
    {
        var lines = await RunAsync("stop");

        lines[0].ShouldStartWith("stopped: True, ");
        lines[1].ShouldStartWith("10 epochs more, ");
    }

    [Fact]
    public void Each_block_of_the_documentation_is_the_text_of_an_example()
    {
        var examples = Directory.EnumerateFiles(Repository.PathOf("src", "Examples"), "*.cs").Select(File.ReadAllLines).ToArray();
        var blocks = Repository.CSharpBlocks(Repository.PathOf("docs", "library.md"));

        blocks.Count.ShouldBe(3);
        blocks[0].ShouldBe(Repository.CSharpBlocks(Repository.PathOf("README.md")).ShouldHaveSingleItem());
        blocks.Skip(1).ShouldAllBe(block => examples.Any(example => Holds(example, block)));
    }

    private static bool Holds(string[] example, string[] block) => Enumerable.Range(0, example.Length).Any(first => block.SequenceEqual(
        example.Skip(first).Take(block.Length).Select(line => line.Length == 0 ? line : line[Math.Min(line.Length, 8)..]), StringComparer.Ordinal));

    private async Task<string[]> RunAsync(string example)
    {
        var outcome = await AnyProcess.DotNetAsync(_folder.Path, [Program, example]);
        outcome.ExitCode.ShouldBe(0, outcome.Out + outcome.Error);
        return outcome.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
