using System.Reflection;
using Akka.Configuration;
using DistNet.Hosting;
using DistNet.Wire;

namespace DistNet.Cluster.Akka.Tests;

public sealed class FrameBudgetTests
{
    private static readonly RunSize Small = new(Nodes: 8, Lanes: 8, Partitions: 2, OrderBytes: 3000) { Epochs = 20, Units = 8, Chunks = 2 };

    [Fact]
    public void A_small_run_fits_into_the_frames_that_Akka_has_by_itself()
    {
        FrameBudget.Needed(Small).ShouldBeInRange(4_096, 128_000);
        FrameBudget.Check(Small, Limited("128000b"));
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_the_run_with_what_to_set()
    {
        var large = Small with { RecordedSteps = 1_000_000 };
        var needed = FrameBudget.Needed(large);

        needed.ShouldBeInRange(24_000_000, 24_200_000);
        FrameBudget.Check(large, Limited($"{needed}b"));
        var refusal = Should.Throw<UsageException>(() => FrameBudget.Check(large, Limited($"{needed - 1}b"))).Problems.Single();
        refusal.ShouldBe(
            $"--control akka: Join of this run (8 nodes, 8 lanes, 2 partitions, losses of 1000000 updates) may have {needed - FrameBudget.Overhead} bytes, but akka.remote.dot-netty.tcp.maximum-frame-size is {needed - 1}; "
            + $"set it to at least {needed} on all nodes (--hocon FILE), or leave --record-steps away");
    }

    [Fact]
    public void A_system_without_that_transport_has_no_limit() => FrameBudget.Check(Small with { RecordedSteps = 1_000_000 }, Config.Empty);

    /// <summary>Each of the numbers counts.</summary>
    [Fact]
    public void Larger_runs_need_more()
    {
        var sizes = WorstCases.Of(Small).Sum(message => message.Bytes);
        RunSize[] larger =
        [
            Small with { Nodes = 9 }, Small with { Lanes = 9 }, Small with { Partitions = 3 }, Small with { OrderBytes = 3001 },
            Small with { Epochs = 21 }, Small with { RecordedSteps = 1 }, Small with { Units = 9 }, Small with { Chunks = 3 },
        ];

        larger.ShouldAllBe(size => WorstCases.Of(size).Sum(message => message.Bytes) > sizes);
    }

    /// <summary>A new message with text or lists fails here until somebody has said how long it can be.</summary>
    [Fact]
    public void Every_message_that_can_be_long_is_reckoned_with() => Samples.Plain.Where(CanBeLong).Select(type => type.Name)
        .ShouldBe(WorstCases.Of(Small).Select(message => message.Name).Except(["any other message"]), ignoreOrder: true);

    [Fact]
    public void All_others_are_short()
    {
        foreach (var message in Samples.Plain.Where(type => !CanBeLong(type)))
        {
            for (var seed = 1; seed <= 200; seed++)
            {
                FrameBytes.Of(Samples.Mail(message, seed).Envelope).Length.ShouldBeLessThanOrEqualTo(WorstCases.PlainBytes, $"{message.Name}, seed {seed}");
            }
        }
    }

    private static bool CanBeLong(Type type) => PartsOf(type).Any(part => part == typeof(string) || part.IsGenericType || (!part.IsValueType && CanBeLong(part)));

    private static IEnumerable<Type> PartsOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).Select(property => property.PropertyType);

    private static Config Limited(string size) => ConfigurationFactory.ParseString($"{FrameBudget.Setting} = {size}");
}
