using Akka.Configuration;
using DistNet.Hosting;

namespace DistNet.Cluster.Akka;

/// <summary>
/// The longest messages of a run and of its cluster, known before it begins: what does not fit into Akka's frames is refused at start-up, and not when half
/// of the run is done.
/// </summary>
internal static class FrameBudget
{
    /// <summary>Where Akka is told how long a frame may be, in bytes.</summary>
    public const string Setting = "akka.remote.dot-netty.tcp.maximum-frame-size";

    /// <summary>
    /// Bytes of what Akka puts around a message: who sends it to whom, serializers' names, and the wrappers of its publishing and of its clients. Paths are the
    /// most of it, two of at most a host's longest name each, and twice where one message is in another.
    /// </summary>
    public const int Overhead = 4 * 1024;

    /// <summary>The setting's value; null: this system has no such transport.</summary>
    public static long? LimitOf(Config config) => config.HasPath(Setting) ? config.GetByteSize(Setting, null) : null;

    /// <summary>Bytes of a frame that has room for every message of the run.</summary>
    public static long Needed(RunSize size) => Largest(size).Bytes + Overhead;

    /// <exception cref="UsageException">A message of the run may be longer than a frame; says what to set, and to what.</exception>
    public static void Check(RunSize size, Config config)
    {
        if (LimitOf(config) is not { } limit || Needed(size) <= limit)
        {
            return;
        }

        throw new UsageException(
            $"--control akka: {Largest(size).Name} of this run ({size}) may have {Largest(size).Bytes} bytes, but {Setting} is {limit}; set it to at least {Needed(size)} on all nodes (--hocon FILE)"
            + (size.RecordedSteps > size.Epochs ? ", or leave --record-steps away" : ""));
    }

    private static MessageSize Largest(RunSize size) => WorstCases.Of(size).MaxBy(message => message.Bytes)!;
}

/// <summary>The most that a message can have.</summary>
/// <param name="Name">The message.</param>
/// <param name="Bytes">Of its frame.</param>
internal sealed record MessageSize(string Name, long Bytes);
