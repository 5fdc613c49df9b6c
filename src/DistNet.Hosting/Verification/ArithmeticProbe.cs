using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>
/// The bits that this processor, runtime and version of the program compute. Nodes with different hashes do not train to the same weights, and
/// results of one are not repeated by the other. What only reports use (losses, scores) is not in it.
/// </summary>
public static class ArithmeticProbe
{
    private const ulong Seed = 20;

    private static readonly Lazy<string> Computed = new(Compute);

    /// <summary>
    /// Small networks that between them use everything a run can be asked for; in turn, so that a new value of any of these is in one of them.
    /// </summary>
    internal static IReadOnlyList<ProbeCase> Cases { get; } = MakeCases();

    /// <summary>Lower-case hex SHA-256 of weights after a few steps; computed once in a process, on the calling thread.</summary>
    public static string Hash() => Computed.Value;

    /// <summary>The weights that a run of the case ends with.</summary>
    internal static float[] Train(ProbeCase probe)
    {
        using var run = new ProbeRun(probe, Seed);
        return run.Train();
    }

    private static string Compute()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var probe in Cases)
        {
            Append(hash, FirstWeights(probe));
            Append(hash, Train(probe));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Every server makes them for itself. Not what the networks begin with: from zeros, say, nothing is learnt.</summary>
    private static float[] FirstWeights(ProbeCase probe)
    {
        var layout = new ParameterLayout(probe.Network);
        var weights = new float[layout.PaddedLength];
        Initializer.Initialize(layout, probe.Initializer, Seed, weights);
        return weights;
    }

    private static void Append(IncrementalHash hash, float[] weights) => hash.AppendData(MemoryMarshal.AsBytes(weights.AsSpan()));

    private static ProbeCase[] MakeCases()
    {
        var activations = Enum.GetValues<Activation>();
        var losses = Enum.GetValues<LossKind>();
        var reductions = Enum.GetValues<Reduction>();
        var optimizers = Enum.GetValues<OptimizerKind>();
        var initializers = Enum.GetValues<InitializerKind>();
        var schedules = Enum.GetValues<ScheduleKind>();
        int[] counts = [activations.Length, losses.Length, reductions.Length, optimizers.Length, initializers.Length, schedules.Length];
        return [.. Enumerable.Range(0, counts.Max()).Select(number => new ProbeCase(
            Network(InTurn(activations, number), new LossSpec(InTurn(losses, number), InTurn(reductions, number))),
            new OptimizerSpec(InTurn(optimizers, number)),
            InTurn(initializers, number),
            InTurn(schedules, number)))];
    }

    /// <summary>Widths that are no multiple of a vector or tile, and more than a block of parameters.</summary>
    private static NetworkSpec Network(Activation activation, LossSpec loss) => new(
        ProbeRun.Features,
        [new DenseSpec(37, activation, Dropout: 0.25f), new DenseSpec(19, activation), new DenseSpec(ProbeRun.Classes, Activation.Identity)],
        loss);

    private static T InTurn<T>(T[] values, int number) => values[number % values.Length];
}

/// <summary>One network of the probe. Dropout, penalties and clipping are in every one.</summary>
/// <param name="Network">The network.</param>
/// <param name="Optimizer">How it is updated.</param>
/// <param name="Initializer">Whose first weights are hashed beside the trained ones.</param>
/// <param name="Schedule">Shape of the learning rate.</param>
internal sealed record ProbeCase(NetworkSpec Network, OptimizerSpec Optimizer, InitializerKind Initializer, ScheduleKind Schedule);
