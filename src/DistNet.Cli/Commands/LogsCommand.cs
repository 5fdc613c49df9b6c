using System.CommandLine;

namespace DistNet.Cli;

/// <summary><c>distnet logs</c>.</summary>
internal static class LogsCommand
{
    public static Command Build(CommandHost host)
    {
        var cluster = new ClusterOptionSet(host);
        var node = new Option<string>("--node") { HelpName = "NAME", Required = true, Description = "Such as worker-3 or coordinator" };
        var command = new Verb(
            "logs",
            "What a node of a cluster has logged lately.",
            """
            Examples:
              distnet logs --cluster 10.0.0.5:7070 --token-file token --node worker-0
              distnet logs --cluster 10.0.0.5:7070 --node coordinator
            """);
        cluster.AddTo(command);
        command.Add(node);
        command.SetAction(async (parsed, _) =>
        {
            using var client = cluster.Connect(parsed);
            host.Out.Write(await client.LogAsync(parsed.GetRequiredValue(node), host.Stop));
            return ExitCode.Done;
        });
        return command;
    }
}
