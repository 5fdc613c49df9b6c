using System.CommandLine;

namespace DistNet.Cli;

/// <summary><c>distnet stop</c>.</summary>
internal static class StopCommand
{
    public static Command Build(CommandHost host)
    {
        var cluster = new ClusterOptionSet(host);
        var checkpoint = new Option<bool>("--checkpoint") { Description = "Let it end soon, with a checkpoint from which it can go on; else it ends here and now" };
        var command = new Verb(
            "stop",
            "End the run of a cluster. The cluster stays.",
            """
            Examples:
              distnet stop --cluster 10.0.0.5:7070 --token-file token --checkpoint
              distnet stop --cluster 10.0.0.5:7070
            """);
        cluster.AddTo(command);
        command.Add(checkpoint);
        command.SetAction(async (parsed, _) =>
        {
            using var client = cluster.Connect(parsed);
            var run = await client.StopAsync(parsed.GetValue(checkpoint), host.Stop);
            host.Out.WriteLine(parsed.GetValue(checkpoint) ? $"{run} ends with a checkpoint" : $"{run} ends");
            return ExitCode.Done;
        });
        return command;
    }
}
