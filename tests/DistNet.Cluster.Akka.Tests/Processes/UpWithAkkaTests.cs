using System.Text.Json;
using DistNet.Cluster.Tests;
using DistNet.Hosting;

namespace DistNet.Cluster.Akka.Tests;

/// <summary><c>distnet up --control akka</c> as a process.</summary>
public sealed class UpWithAkkaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task It_trains_to_the_bits_of_one_process_and_leaves_nothing_behind(int standbys)
    {
        string[] up = ["up", "--control", "akka", "--standbys", $"{standbys}", "--workers", "2", "--hidden", "16", "--lanes", "2", "--epochs", "3", "--dir", "nodes", "--out", "run", "--format", "json", "--quiet"];

        var outcome = await CommandProcess.RunAsync(_folder.Path, up);

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        var expected = await Undisturbed.ResultAsync(new TrainingOptions { Hidden = [16], Lanes = 2, Epochs = 3 });
        JsonDocument.Parse(outcome.Out).RootElement.GetProperty("weightsSha256").GetString().ShouldBe(expected.WeightsSha256);
        Enumerable.Range(1, standbys).ShouldAllBe(number => LogOf($"standby-{number}").Contains("joins the cluster of ", StringComparison.Ordinal));
        ProcessTable.With(_folder.In("nodes")).ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private string LogOf(string node) => File.ReadAllText(_folder.In(Path.Combine("nodes", $"{node}.log")));
}
