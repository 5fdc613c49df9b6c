using DistNet.Hosting;

namespace DistNet.Cluster.Tests;

/// <summary>What happens to a process.</summary>
internal enum Fate
{
    /// <summary>Killed; it comes back to the directory it had.</summary>
    Killed,

    /// <summary>Killed, and its directory is deleted before it comes back.</summary>
    Wiped,

    /// <summary>Stopped for good; whoever looks after it has to notice.</summary>
    Silenced,

    /// <summary>Stopped, and goes on when others have given it up.</summary>
    Ghost,
}

/// <summary>What happens when so many updates were applied.</summary>
internal sealed record Blow(long Step, IReadOnlyList<(string Node, Fate Fate)> Victims)
{
    public override string ToString() => $"step {Step}: {string.Join(" and ", Victims.Select(victim => $"{victim.Node} {victim.Fate.ToString().ToLowerInvariant()}"))}";
}

/// <summary>A run and what happens to it, drawn from a seed. Six seeds in a row have one of each kind.</summary>
internal sealed record KillPlan(int Seed, TrainingOptions Options, TimeSpan ReplaceAfter, bool SharesMemory, IReadOnlyList<Blow> Blows)
{
    private const int Epochs = 120;
    private const int StepsPerEpoch = 23;

    private static readonly string[] Asynchronous = ["asp", "ssp:2", "kasync:2", "ksync:3", "kbatchasync:3"];

    /// <summary>How the nodes find each other.</summary>
    public ControlOptions Control { get; init; } = ControlOptions.Default;

    /// <summary>The sequencer's log lies with the coordinator, and is lost with its disk.</summary>
    public bool LosesLog => Blows.Any(blow => blow.Victims.Contains(("coordinator", Fate.Wiped)));

    public static KillPlan Draw(int seed)
    {
        var luck = new Random(seed);
        var (workers, servers) = (luck.Next(2, 4), luck.Next(1, 3));
        var options = new TrainingOptions
        {
            Hidden = [32],
            Epochs = Epochs,
            EvalEvery = 30,
            Lanes = 4,
            Seed = 11,
            Workers = workers,
            Servers = servers,
            Threads = 1,
            CheckpointEvery = luck.Next(2) == 0 ? null : luck.Next(100, 800),
            Mode = seed % 6 == 5 ? Asynchronous[seed / 6 % Asynchronous.Length] : "bsp",
        };
        var total = Epochs * StepsPerEpoch * (options.Mode == "asp" ? options.LaneCount : 1);
        var steps = Enumerable.Range(0, luck.Next(1, 3)).Select(_ => (long)(total * (0.02 + (0.6 * luck.NextDouble())))).Order().ToArray();
        var blows = steps.Select(step => new Blow(step, Victims(seed % 6, options, luck))).ToArray();
        return new KillPlan(seed, options, TimeSpan.FromSeconds(luck.Next(2) == 0 ? 1 : 10), SharesMemory: luck.Next(3) > 0, blows);
    }

    public override string ToString() => FormattableString.Invariant(
        $"{Options.Mode}, {Options.Workers} workers, {Options.Servers} servers, checkpoints {(Options.CheckpointEvery is { } every ? $"every {every} steps" : "by the clock")}, replaced after {ReplaceAfter.TotalSeconds} s, {(SharesMemory ? "shared memory" : "sockets")}; {string.Join("; ", Blows)}");

    private static IReadOnlyList<(string Node, Fate Fate)> Victims(int kind, TrainingOptions options, Random luck)
    {
        string[] all = ["coordinator", .. Names("server", options.Servers), .. Names("worker", options.Workers)];
        return kind switch
        {
            0 => [(One(Names("worker", options.Workers)), Killed())],
            1 => [(One(Names("server", options.Servers)), Killed())],
            2 => [("coordinator", Killed())],
            3 => [.. luck.GetItems(all, 8).Distinct().Take(2).Select(node => (node, Killed()))],
            4 => [(One(all), luck.Next(2) == 0 ? Fate.Silenced : Fate.Ghost)],
            _ => [(One(all), Killed())],
        };

        string One(string[] nodes) => nodes[luck.Next(nodes.Length)];

        Fate Killed() => luck.Next(2) == 0 ? Fate.Killed : Fate.Wiped;
    }

    private static string[] Names(string role, int count) => [.. Enumerable.Range(0, count).Select(index => $"{role}-{index}")];
}
