using DistNet.Learning;

namespace DistNet.Hosting.Tests;

/// <summary>Under bsp the final weights are the same bits for any number of workers, servers and threads, at equal lanes.</summary>
public sealed class HashTests : IDisposable
{
    private readonly TrainingRuns _runs = new();

    public static TheoryData<string> Cases => [.. Configurations.Keys];

    private static Dictionary<string, TrainingOptions> Configurations { get; } = new(StringComparer.Ordinal)
    {
        ["momentum"] = TrainingRuns.Digits,
        ["batch divisible by lanes"] = TrainingRuns.Digits with { Batch = 64 },
        ["lanes without rows"] = TrainingRuns.Digits with { Batch = 5, Steps = 300 },
        ["shards by label"] = TrainingRuns.Digits with { Sharding = Sharding.ByLabel },
        ["layers of several chunks"] = TrainingRuns.Digits with { Hidden = [600, 250], Batch = 48, Steps = 30 },
        ["dropout"] = TrainingRuns.Digits with { Dropout = 0.3f },
        ["l2 and l1"] = TrainingRuns.Digits with { L2 = 0.01f, L1 = 0.001f },
        ["clipped norm"] = TrainingRuns.Digits with { ClipNorm = 0.5f },
        ["clipped values"] = TrainingRuns.Digits with { ClipValue = 0.01f },
        ["adam, dropout, l2, clipped norm"] = TrainingRuns.Digits with
        {
            Optimizer = OptimizerKind.Adam,
            LearningRate = 0.003f,
            Dropout = 0.2f,
            L2 = 0.001f,
            ClipNorm = 1,
            Batch = 53,
        },
        ["sum of squares, no bias, cosine, warm-up"] = TrainingRuns.Digits with
        {
            Loss = LossKind.SquaredError,
            Reduction = Reduction.Sum,
            NoBias = true,
            LearningRate = 1e-4f,
            Schedule = ScheduleKind.Cosine,
            Warmup = 0.1f,
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task One_hash_and_one_loss_history_for_any_workers_servers_and_threads(string configuration)
    {
        var options = Configurations[configuration];
        var expected = await _runs.RunAsync(options with { Workers = 1, Servers = 1 });
        expected.Ledger.ShouldBe(new LedgerReport(expected.Samples, expected.Samples, 0, 0, 0, 0));

        foreach (var (workers, servers, threads) in ClustersFor(configuration))
        {
            var result = await _runs.RunAsync(options with { Workers = workers, Servers = servers, Threads = threads });

            var cluster = $"{workers} workers, {servers} servers, {threads} threads";
            result.WeightsSha256.ShouldBe(expected.WeightsSha256, cluster);
            result.LossHistory.ShouldBe(expected.LossHistory, cluster);
            result.TestLoss.ShouldBe(expected.TestLoss, cluster);
            result.TestAccuracy.ShouldBe(expected.TestAccuracy, cluster);
            result.Ledger.ShouldBe(expected.Ledger, cluster);
        }
    }

    [Fact]
    public async Task Another_seed_or_another_number_of_lanes_is_another_hash()
    {
        var options = TrainingRuns.Digits with { Workers = 2 };

        var one = await _runs.RunAsync(options with { Seed = 1 });
        var other = await _runs.RunAsync(options with { Seed = 2 });
        var lanes = await _runs.RunAsync(options with { Seed = 1, Lanes = 3 });

        other.WeightsSha256.ShouldNotBe(one.WeightsSha256);
        lanes.WeightsSha256.ShouldNotBe(one.WeightsSha256);
    }

    public void Dispose() => _runs.Dispose();

    /// <summary>All combinations where gradients are cut up the least and the most, elsewhere one for each number.</summary>
    private static IEnumerable<(int Workers, int Servers, int? Threads)> ClustersFor(string configuration)
    {
        int[] workers = [1, 2, 3, 4, 8];
        int[] servers = [1, 2, 3];
        var all = configuration is "momentum" or "layers of several chunks";
        IEnumerable<(int, int, int?)> unlimited = all
            ? workers.SelectMany(_ => servers, (w, s) => (w, s, (int?)null))
            : [(1, 3, null), (2, 2, null), (4, 1, null), (8, 2, null)];
        return [.. unlimited, (1, 2, 5), (3, 2, 1), (4, 3, 8), (11, 9, 3)];
    }
}
