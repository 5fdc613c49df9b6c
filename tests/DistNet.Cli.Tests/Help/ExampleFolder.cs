using System.Globalization;
using DistNet.TestKit;

namespace DistNet.Cli.Tests;

/// <summary>A folder with what the examples of the help take for granted: runs, tables, a file of faults, a join token.</summary>
public sealed class ExampleFolder : IAsyncLifetime
{
    private const string Digits = "runs/20260101-120000-digits";

    public string Root { get; } = Directory.CreateTempSubdirectory("distnet-examples-").FullName;

    public async Task InitializeAsync()
    {
        WriteFlowers();
        await File.WriteAllTextAsync(In("faults.json"), """{ "faults": [ { "kind": "delay", "from": "*", "to": "server-0", "at": "0s", "for": "1s", "delay": "1ms" } ] }""");
        await Task.WhenAll(
            RunAsync($"train --epochs 3 --workers 2 --quiet --out {Digits}"),
            RunAsync("train --mode asp --optimizer sgd --lr 0.01 --epochs 2 --workers 4 --quiet --out runs/async-on-20-machines"),
            RunAsync("compare bsp asp --seeds 1 --epochs 1 --quiet --out runs/20260101-120000-compare"),
            RunAsync("train --data csv:flowers.csv --label species --epochs 3 --quiet --out runs/flowers"));
        CopyRun("runs/a");
        CopyRun("runs/b");
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Root, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Runs the real program here.</summary>
    internal Task<CommandOutcome> TryAsync(string line) => CommandProcess.RunAsync(Root, HelpExamples.Words(line));

    /// <summary>Puts the larger data sets there that an example names, or skips its test.</summary>
    internal void HasWhatIsNeededBy(string example)
    {
        const string Fashion = "fashion-mnist";
        if (example.Contains($"idx:{Fashion}", StringComparison.Ordinal) && !Directory.Exists(In(Fashion)))
        {
            Directory.CreateSymbolicLink(In(Fashion), TestData.Folder(Fashion));
        }
    }

    private async Task RunAsync(string line)
    {
        var outcome = await TryAsync(line);
        outcome.ExitCode.ShouldBe(0, $"{line}\n{outcome.Error}");
    }

    private string In(string name) => Path.Combine(Root, name);

    private void CopyRun(string name)
    {
        Directory.CreateDirectory(In(name));
        foreach (var file in Directory.EnumerateFiles(In(Digits), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(In(name), Path.GetRelativePath(In(Digits), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>Three species of flowers, each of a length of its own.</summary>
    private void WriteFlowers()
    {
        string[] species = ["setosa", "versicolor", "virginica"];
        string[] rows = [.. Enumerable.Range(0, 90).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(i % 3) + (0.01 * i)},{5 - (i % 3) + (0.02 * i)}"))];
        string[] labelled = [.. rows.Select((row, i) => $"{row},{species[i % 3]}").Prepend("length,width,species")];
        File.WriteAllLines(In("flowers.csv"), labelled);
        File.WriteAllLines(In("more-flowers.csv"), labelled);
        File.WriteAllLines(In("new-flowers.csv"), rows.Prepend("length,width"));
    }
}
