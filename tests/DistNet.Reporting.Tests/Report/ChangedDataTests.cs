using System.Globalization;
using DistNet.Hosting;

namespace DistNet.Reporting.Tests;

/// <summary>A table that was written again after the run.</summary>
public sealed class ChangedDataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;

    private string Table => Path.Combine(_folder, "table.csv");

    private string Run => Path.Combine(_folder, "run");

    [Theory]
    [InlineData("gained a class", "a b c d", 1.0)]
    [InlineData("gained a class before the others", "A a b c", 1.0)]
    [InlineData("lost a class", "a b", 1.0)]
    [InlineData("has other values", "a b c", 1.5)]
    public async Task What_the_network_says_of_other_data_is_left_out(string change, string classes, double factor)
    {
        Write("a b c", 1);
        await TrainingSession.RunAsync(new() { Data = $"csv:{Table}", Hidden = [4], Epochs = 1, Workers = 1, Out = Run }, Unwatched.Instance, default);
        (await PageAsync()).ShouldContain("Confusion matrix");

        Write(classes, factor);
        var page = await PageAsync();

        page.ShouldContain("What is missing", Case.Sensitive, change);
        page.ShouldContain("the data have changed since the run", Case.Sensitive, change);
        page.ShouldNotContain("Confusion matrix", Case.Sensitive, change);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> PageAsync() => File.ReadAllText(await ReportMaker.MakeAsync(Run));

    private void Write(string classes, double factor) => File.WriteAllLines(Table, Enumerable.Range(0, 120).Select(i => string.Create(
        CultureInfo.InvariantCulture, $"{factor * Math.Sin(i):0.0000},{factor * Math.Cos(3 * i):0.0000},{classes.Split(' ')[i % classes.Split(' ').Length]}")));
}
