using System.Diagnostics;
using DistNet.Learning;

namespace DistNet.Hosting.Tests;

public sealed class ArithmeticProbeTests
{
    /// <summary>
    /// Where this changes, what a step computes has changed: runs of earlier versions are not repeated bit by bit, and their nodes do not join
    /// new ones. That must be meant, and be said to users.
    /// </summary>
    private const string Golden = "ed5b0e8d8050b74e3e8bd14831d7abcb36b0003ec8249ae3e2699752723b3fdd";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, ArithmeticProbe.Cases.Count)];

    [Fact]
    public void The_bits_of_a_step_are_those_of_earlier_versions() => ArithmeticProbe.Hash().ShouldBe(Golden);

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task They_do_not_depend_on_wide_vectors_and_fused_multiply_add(string disabled) => (await HashWithoutAsync(disabled)).ShouldBe(Golden);

    [Fact]
    public void Everything_that_a_run_can_be_asked_for_is_used()
    {
        Used(probe => probe.Network.Layers[0].Activation);
        Used(probe => probe.Network.Loss.Kind);
        Used(probe => probe.Network.Loss.Reduction);
        Used(probe => probe.Optimizer.Kind);
        Used(probe => probe.Initializer);
        Used(probe => probe.Schedule);
    }

    /// <summary>Bits of what is no number differ between processors, and hide everything else.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_network_learns_and_stays_finite(int number)
    {
        var probe = ArithmeticProbe.Cases[number];
        var layout = new ParameterLayout(probe.Network);

        var weights = ArithmeticProbe.Train(probe);

        weights.ShouldAllBe(weight => float.IsFinite(weight));
        foreach (var layer in layout.Layers.ToArray())
        {
            weights.AsSpan(layer.WeightOffset, layer.WeightLength).ToArray().Distinct().Count().ShouldBeGreaterThan(layer.WeightLength * 9 / 10);
            weights.AsSpan(layer.BiasOffset, layer.BiasLength).ToArray().Count(bias => bias != 0).ShouldBeGreaterThan(layer.BiasLength / 2);
        }
    }

    private static void Used<T>(Func<ProbeCase, T> choose)
        where T : struct, Enum =>
        ArithmeticProbe.Cases.Select(choose).Distinct().ShouldBe(Enum.GetValues<T>(), ignoreOrder: true);

    /// <summary>What <see cref="Program"/> prints.</summary>
    private static async Task<string> HashWithoutAsync(string disabled)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location]) { RedirectStandardOutput = true };
        start.Environment[disabled] = "0";
        using var process = Process.Start(start)!;
        try
        {
            var text = await process.StandardOutput.ReadToEndAsync().WaitAsync(Deadline);
            await process.WaitForExitAsync().WaitAsync(Deadline);
            return text.Trim();
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw;
        }
    }
}
