using System.Text.Json;

namespace DistNet.Cli.Tests;

/// <summary>A run has the same bits whatever instructions the processor has: the runtime is told to do without some.</summary>
public sealed class ProcessorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;

    [Fact]
    public async Task One_hash_with_and_without_wide_vectors_and_fused_multiply_add()
    {
        var expected = await HashAsync(null);

        (await HashAsync("DOTNET_EnableAVX512")).ShouldBe(expected);
        (await HashAsync("DOTNET_EnableAVX2")).ShouldBe(expected);
        (await HashAsync("DOTNET_EnableHWIntrinsic")).ShouldBe(expected);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> HashAsync(string? disabled)
    {
        string[] args =
        [
            "train", "--data", "digits", "--hidden", "37,18", "--activation", "gelu", "--dropout", "0.1", "--optimizer", "adam", "--lr", "0.003",
            "--batch", "40", "--steps", "60", "--workers", "2", "--lanes", "3", "--quiet", "--format", "json",
        ];
        var environment = disabled is null ? null : new[] { KeyValuePair.Create(disabled, "0") };
        var outcome = await CommandProcess.RunAsync(_folder, args, environment);
        outcome.ExitCode.ShouldBe(0, outcome.Error);
        return JsonDocument.Parse(outcome.Out).RootElement.GetProperty("weightsSha256").GetString()!;
    }
}
