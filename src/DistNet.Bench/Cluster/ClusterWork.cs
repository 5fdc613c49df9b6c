using System.Buffers.Binary;
using DistNet.Hosting;
using DistNet.Learning;
using DistNet.Numerics;

namespace DistNet.Bench;

/// <summary>What clusters are measured on: the network 784-512-256-10 and uniform pictures, in files, as nodes read them.</summary>
internal sealed class ClusterWork : IDisposable
{
    public const int Workers = 2;
    public const int Servers = 1;
    public const int Batch = 64 * Workers;

    /// <summary>Steps that no measurement comes to the end of, and whose losses fit into one message of any control plane.</summary>
    public const int LongEnough = 2_000_000;

    private const int Side = 28;
    private const int Classes = 10;
    private const int Samples = 20 * Batch;
    private const int ImagesMagic = 0x803;
    private const int LabelsMagic = 0x801;

    private readonly string _directory = Directory.CreateTempSubdirectory("distnet-bench-").FullName;

    public ClusterWork()
    {
        WriteImages(Path.Combine(_directory, "train-images-idx3-ubyte"));
        WriteLabels(Path.Combine(_directory, "train-labels-idx1-ubyte"));
    }

    /// <summary>Where the nodes of a cluster may keep things.</summary>
    public string NodesDirectory => Path.Combine(_directory, "nodes");

    /// <summary>A run of so many steps, without test part, and with a cut at its end only.</summary>
    public TrainingOptions Run(long steps) => new()
    {
        Data = $"idx:{_directory}",
        TestFraction = 0,
        Scale = ScalingKind.Standard,
        Hidden = [512, 256],
        Loss = LossKind.SoftmaxCrossEntropy,
        Batch = Batch,
        Workers = Workers,
        Lanes = Workers,
        Servers = Servers,
        Threads = Workers,
        Epochs = null,
        Steps = steps,
        LearningRate = 0.01f,
        CheckpointEvery = steps,
        Out = Path.Combine(_directory, Guid.NewGuid().ToString("N")),
    };

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static void WriteImages(string path)
    {
        var luck = Luck.Key(1, LuckPurpose.Generator);
        var pixels = new byte[Samples * Side * Side];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)luck.Below((ulong)i, 256);
        }

        Write(path, [ImagesMagic, Samples, Side, Side], pixels);
    }

    private static void WriteLabels(string path)
    {
        var luck = Luck.Key(1, LuckPurpose.Generator, 1);
        Write(path, [LabelsMagic, Samples], [.. Enumerable.Range(0, Samples).Select(i => (byte)luck.Below((ulong)i, Classes))]);
    }

    private static void Write(string path, int[] head, byte[] content)
    {
        using var file = File.Create(path);
        Span<byte> number = stackalloc byte[sizeof(int)];
        foreach (var value in head)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, value);
            file.Write(number);
        }

        file.Write(content);
    }
}
