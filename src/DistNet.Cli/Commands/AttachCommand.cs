using System.CommandLine;
using DistNet.Cluster;
using DistNet.Hosting;

namespace DistNet.Cli;

/// <summary><c>distnet attach</c>.</summary>
internal static class AttachCommand
{
    public static Command Build(CommandHost host)
    {
        var cluster = new ClusterOptionSet(host);
        var output = new Option<string>("--out") { HelpName = "DIR", Description = "Where the run folder goes at the end; runs/NAME unless given" };
        var format = CommonOptions.Format("text", "json");
        var quiet = new Option<bool>("--quiet") { Description = "Print no progress" };
        var command = new Verb(
            "attach",
            "Follow the run of a cluster, from its beginning, to its end.",
            """
            Ctrl-C leaves it; the run goes on.

            Examples:
              distnet attach --cluster 10.0.0.5:7070 --token-file token
              distnet attach --cluster 10.0.0.5:7070 --format json --out runs/mine
            """);
        cluster.AddTo(command);
        command.Add(output);
        command.Add(format);
        command.Add(quiet);
        command.SetAction(async (parsed, _) =>
        {
            using var client = cluster.Connect(parsed);
            var run = (await client.StatusAsync(host.Stop)).Run?.Name ?? throw new UsageException("--cluster: no run is in progress there");
            var options = new TrainingOptions
            {
                Out = parsed.GetValue(output),
                Format = parsed.GetValue(format) == "json" ? OutputFormat.Json : OutputFormat.Text,
                Quiet = parsed.GetValue(quiet),
            };
            return await FollowAsync(client, run, options, host);
        });
        return command;
    }

    /// <summary>Follows a run that has begun; leaving it ends this command only.</summary>
    internal static async Task<int> FollowAsync(ClusterClient client, string run, TrainingOptions options, CommandHost host)
    {
        try
        {
            var result = await TrainingView.RunAsync(options, host, progress => ClusterSession.FollowAsync(client, run, options.Out ?? options.Resume, progress, host.Stop));
            return await TrainingEnd.PrintAsync(result, options, host);
        }
        catch (OperationCanceledException) when (host.Stop.IsCancellationRequested)
        {
            host.Complain($"left {run}, which goes on; follow it with distnet attach, end it with distnet stop");
            return ExitCode.Interrupted;
        }
    }
}
