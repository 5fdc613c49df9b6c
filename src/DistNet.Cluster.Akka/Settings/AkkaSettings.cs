using System.Globalization;
using Akka.Configuration;
using DistNet.Hosting;

namespace DistNet.Cluster.Akka;

/// <summary>How a node's actor system is set up, but for where it is.</summary>
/// <param name="Times">How soon a silent node counts as dead.</param>
/// <param name="Resolver">The split-brain resolver's part of the configuration.</param>
/// <param name="Hocon">Settings of the user's that override all others; empty: none.</param>
internal sealed record AkkaSettings(AkkaTimes Times, string Resolver, Config Hocon)
{
    /// <summary>A cluster that has no room for that is refused before it begins.</summary>
    private static readonly RunSize Smallest = new(Nodes: 3, Lanes: 1, Partitions: 1, OrderBytes: 4096);

    /// <exception cref="UsageException">The file of settings cannot be read, or leaves too little room.</exception>
    public static AkkaSettings Of(ControlOptions options)
    {
        var settings = Read(options);
        FrameBudget.Check(Smallest, settings.Hocon);
        return settings;
    }

    private static AkkaSettings Read(ControlOptions options) => new(
        options.Failover == ControlOptions.Fast ? AkkaTimes.Fast : AkkaTimes.Standard,
        options.Quorum is { } quorum
            ? string.Create(CultureInfo.InvariantCulture, $"active-strategy = static-quorum, static-quorum.quorum-size = {quorum}")
            : $"active-strategy = {options.SplitBrain ?? ControlOptions.KeepMajority}",
        options.HoconPath is { } path ? Read(path) : Config.Empty);

    /// <summary>The parser takes almost any text for settings, of something.</summary>
    private static Config Read(string path)
    {
        var config = Parse(path);
        var strange = config.AsEnumerable().Select(setting => setting.Key).FirstOrDefault(key => key is not ("akka" or "distnet"));
        return strange is null ? config : throw new UsageException($"{ControlOptions.HoconOption}: {path} has '{strange}', which is no setting of Akka's; those begin with akka, such as akka.cluster.gossip-interval = 1 s");
    }

    private static Config Parse(string path)
    {
        try
        {
            return ConfigurationFactory.ParseString(File.ReadAllText(path));
        }
        catch (Exception e)
        {
            // The parser throws whatever it comes upon.
            throw new UsageException($"{ControlOptions.HoconOption}: cannot read {path}: {e.Message}");
        }
    }
}
