namespace DistNet.Simulation;

/// <summary>
/// The network between nodes: every message is under way for a latency. With a bandwidth each node also has one line out and one line in, each
/// of which carries one message after the other; a message takes bytes / bandwidth on both, the second as soon as its first bit is there
/// and the line is free. Where latencies vary, two messages may change places.
/// </summary>
public sealed record LinkModel
{
    /// <summary>Bytes of a message besides its tensor.</summary>
    public const int HeaderBytes = 64;

    public static readonly LinkModel Free = new();

    public DelayLaw Latency { get; init; } = DelayLaw.Zero;

    /// <summary>Bits a second that a node can send, and as many that it can receive; null: no limit.</summary>
    public double? BitsPerSecond { get; init; }

    /// <summary>Probability that a message arrives a second time.</summary>
    public double DuplicateProbability { get; init; }

    /// <summary>Parameters of the network that a small one stands in for: messages are as long as its would be. Null: they are what they are.</summary>
    public long? RealParameters { get; init; }

    /// <summary>Bytes of a message.</summary>
    /// <param name="tensorLength">Floats in its tensor; 0: none.</param>
    /// <param name="parameters">Parameters of the network that is trained.</param>
    public long BytesOf(int tensorLength, int parameters)
    {
        // A stand-in's tensor may be longer than its parameters: whole blocks, whose tail stands for nothing.
        var floats = RealParameters is { } real ? Math.Min(real, (long)Math.Ceiling((double)tensorLength * real / parameters)) : tensorLength;
        return HeaderBytes + (sizeof(float) * floats);
    }

    /// <summary>How long a line is busy with so many bytes.</summary>
    public TimeSpan TimeOf(long bytes) => BitsPerSecond is { } rate ? TimeSpan.FromTicks((long)Math.Ceiling(bytes * 8 / rate * TimeSpan.TicksPerSecond)) : TimeSpan.Zero;
}
