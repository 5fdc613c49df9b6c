using System.CommandLine;
using DistNet.Cluster;
using DistNet.Hosting;
using DistNet.Reporting;
using static System.FormattableString;

namespace DistNet.Cli;

/// <summary><c>distnet train</c>.</summary>
internal static class TrainCommand
{
    public static Command Build(CommandHost host)
    {
        var training = new TrainingOptionSet(host);
        var cluster = new ClusterOptionSet(host);
        var dataFrom = CommonOptions.Choice("--data-from", "With --cluster: who reads the data, each node or the coordinator for all [default: nodes]", "nodes", "coordinator");
        var giveUpAfter = CommonOptions.Seconds("--give-up-after", "With --cluster: end with exit code 4 when too few nodes are there for so long");
        var dashboard = new DashboardOptionSet();
        var command = new Verb("train", "Train a network in this process, or on a cluster with --cluster.", More())
        {
            Check = parsed => [.. training.ProblemsOf(parsed), .. dashboard.ProblemsOf(parsed)],
        };
        training.AddTo(command);
        dashboard.AddTo(command);
        cluster.AddTo(command);
        command.Add(dataFrom);
        command.Add(giveUpAfter);
        command.SetAction((parsed, _) => parsed.GetValue(cluster.Address) is null
            ? RunAsync(UsageProblems.Require(command, parsed, parsed => training.Load(parsed)), dashboard.Read(parsed), host)
            : dashboard.Read(parsed) is not null ? throw new UsageException($"{DashboardOptions.Option}: the page comes from the cluster's coordinator; give it to distnet node --role coordinator")
            : RunOnClusterAsync(parsed, training, cluster, parsed.GetValue(dataFrom) == "coordinator", CommonOptions.Span(parsed.GetValue(giveUpAfter)), host));
        return command;
    }

    private static async Task<int> RunAsync(TrainingOptions options, DashboardOptions? dashboard, CommandHost host)
    {
        if (options.PrintConfig)
        {
            host.Out.WriteLine(EffectiveConfig.ToJson(options));
            return ExitCode.Done;
        }

        await using var page = await LivePage.OpenAsync(dashboard, "train", host);
        using var said = host.SayWhenStopped("stopping after a checkpoint; Ctrl-C again ends at once");
        var result = await TrainingView.RunAsync(options, host, progress => page.ShowAsync(options, progress, watched => ExportedRun.TrainAsync(
            host, "train", watched, exported => host.Services.Train(options, exported, host.Stop))));
        return await TrainingEnd.PrintAsync(result, options, host);
    }

    /// <summary>As many workers and servers as the cluster has, unless it is said.</summary>
    private static async Task<int> RunOnClusterAsync(
        ParseResult parsed, TrainingOptionSet training, ClusterOptionSet cluster, bool sendsData, TimeSpan? giveUpAfter, CommandHost host)
    {
        using var client = cluster.Connect(parsed);
        var status = await client.StatusAsync(host.Stop);
        var options = training.Load(
            parsed,
            KeyValuePair.Create("workers", Invariant($"{Math.Max(1, ClusterSession.Count(status, "worker-"))}")),
            KeyValuePair.Create("servers", Invariant($"{Math.Max(1, ClusterSession.Count(status, "server-"))}")));
        if (options.PrintConfig)
        {
            host.Out.WriteLine(EffectiveConfig.ToJson(options));
            return ExitCode.Done;
        }

        var run = await client.BeginAsync(options, sendsData, giveUpAfter, host.Stop);
        return await AttachCommand.FollowAsync(client, run, options, host);
    }

    private static string More() =>
        $"""
        Examples:
          distnet train
          distnet train --preset cancer-deep --workers 4 --seed 7
          distnet train --data csv:flowers.csv --label species --hidden 32,16 --optimizer adam --lr 0.01
          distnet train --preset relu-28x28 --data idx:fashion-mnist --epochs 5 --format json
          distnet train --resume runs/20260101-120000-digits --epochs 60
          distnet train --epochs 300 --dashboard
          distnet train --cluster 10.0.0.5:7070 --token-file token --lanes 8

        Options come from, later ones winning: defaults, preset, --config FILE (JSON), environment variables
        such as DISTNET_LR or DISTNET_TEST_FRACTION, command line.

        Presets:
        {TrainingOptionSet.Presets()}
        """;
}
