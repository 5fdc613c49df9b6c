using DistNet.Actors;
using DistNet.Learning;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>Seeded cluster lives: how many nodes, which faults, when.</summary>
internal static class Schedules
{
    public static RunPlan Plan(string rule, int servers, int lanes = 4, float? clipNorm = null) => new(
        new NetworkSpec(37, [new DenseSpec(41, Activation.Tanh), new DenseSpec(29, Activation.Identity, HasBias: false)], new LossSpec(LossKind.SoftmaxCrossEntropy)),
        new BatchSchedule(samples: 22, batchSize: 6, lanes, seed: 3, shuffle: true),
        lanes,
        servers)
    {
        Rule = UpdateRules.Find(rule)!,
        Seed = 11,
        Initializer = InitializerKind.Xavier,
        Optimizer = new OptimizerSpec(OptimizerKind.Momentum),
        LearningRate = new LearningRateSpec(0.05f),
        Penalty = new PenaltySpec(L2: 0.01f),
        Clipping = new ClippingSpec(Norm: clipNorm),
        Epochs = 4,
        TestSamples = 600,
        EvaluateEvery = 1,
        Cuts = new CutPolicy(true, EverySteps: 3, TimeSpan.Zero),
    };

    /// <summary>A cluster and its faults, drawn from the seed: up to four kills, among them two nodes at once.</summary>
    public static (int Workers, int Servers, SimulationOptions Options) Draw(ulong seed)
    {
        var luck = new LuckStream(Luck.Key(seed, LuckPurpose.Faults, 77));
        var workers = 1 + luck.Below(5);
        var servers = 1 + luck.Below(3);
        var kills = new List<Kill>();
        for (var count = luck.Below(5); count > 0; count--)
        {
            kills.Add(DrawKill(luck, workers, servers));
            if (luck.Chance(0.2))
            {
                kills.Add(DrawKill(luck, workers, servers) with { At = kills[^1].At });
            }
        }

        return (workers, servers, new SimulationOptions
        {
            Seed = seed,
            DelayMean = TimeSpan.FromMicroseconds(luck.Chance(0.3) ? 5000 : 200),
            DuplicateProbability = luck.Chance(0.5) ? 0.1 : 0,
            SpoilProbability = 0.1,
            Kills = kills,
        });
    }

    private static Kill DrawKill(LuckStream luck, int workers, int servers)
    {
        var at = TimeSpan.FromMilliseconds(luck.Uniform() * 120);
        var downtime = TimeSpan.FromMilliseconds(luck.Uniform() * 40);
        var kind = luck.Below(4);
        var node = kind == 0 ? NodeName.Coordinator
            : kind == 1 ? new NodeName(Role.Server, luck.Below(servers))
            : new NodeName(Role.Worker, luck.Below(workers));
        return new Kill(at, node, downtime);
    }
}
