using DistNet.TestKit;

namespace DistNet.Cli.Tests;

/// <summary>
/// The examples in the help of all verbs are run as they stand, in one folder and one after the other. Those that take long are run with DISTNET_LONG=1;
/// those that need a cluster by <see cref="ClusterExamplesTests"/>.
/// </summary>
public sealed class ExamplesTests(ExampleFolder folder) : IClassFixture<ExampleFolder>
{
    private const string Switch = "DISTNET_LONG";

    /// <summary>With a star all that begin so.</summary>
    private static readonly string[] Long =
    [
        "bench *", "compare bsp asp --seeds *", "compare bsp asp --under cluster *", "simulate --chaos *", "study stragglers", "study learning-rate *",
        "train --preset relu-28x28 *", "up --workers 4 --servers 2", "verify", "verify --seed *",
    ];

    public static TheoryData<string> All => [.. HelpExamples.All];

    public static TheoryData<string> Short => [.. HelpExamples.All.Where(example => !IsLong(example) && !ClusterExamplesTests.Runs(example))];

    public static TheoryData<string> LongOnes => [.. HelpExamples.All.Where(IsLong)];

    [Theory]
    [MemberData(nameof(All))]
    public void An_example_is_understood(string example) =>
        UsageProblems.Of(DistNetCommand.Build(new CommandRunner().Host).Parse(HelpExamples.Words(example))).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Short))]
    public Task An_example_works_as_it_stands(string example) => RunAsync(example);

    [SkippableTheory]
    [MemberData(nameof(LongOnes))]
    public async Task An_example_that_takes_long_works_as_it_stands(string example)
    {
        Skip.If(Environment.GetEnvironmentVariable(Switch) != "1", $"takes long; {Switch}=1 runs it");
        folder.HasWhatIsNeededBy(example);

        await RunAsync(example);
    }

    private async Task RunAsync(string example)
    {
        // Another test may have the port that is taken where none is named.
        var outcome = await folder.TryAsync(example.EndsWith("--dashboard", StringComparison.Ordinal) ? example + " 0" : example);

        outcome.ExitCode.ShouldBe(0, $"distnet {example}\n{outcome.Error}");
        (outcome.Out.Length > 0).ShouldBe(!example.Contains("--output species.json", StringComparison.Ordinal));
    }

    private static bool IsLong(string example) =>
        Array.Exists(Long, one => one.EndsWith('*') ? example.StartsWith(one[..^1], StringComparison.Ordinal) : example == one);
}
