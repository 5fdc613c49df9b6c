using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace DistNet.Benchmarks;

/// <summary>The parts of a step besides its products, each alone, by BenchmarkDotNet.</summary>
internal static class MicroBenchmarks
{
    /// <param name="args">BenchmarkDotNet's own options, such as --filter *Softmax*; all without any.</param>
    public static void Run(string[] args)
    {
        // In this process: nothing is generated, restored or built.
        var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
        var config = DefaultConfig.Instance.AddJob(job).WithOptions(ConfigOptions.JoinSummary);
        BenchmarkSwitcher.FromAssembly(typeof(MicroBenchmarks).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"], config);
    }
}
