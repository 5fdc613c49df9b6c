using System.CommandLine;
using System.Text.Json;
using DistNet.Cluster;
using static System.FormattableString;

namespace DistNet.Cli;

/// <summary><c>distnet status</c>.</summary>
internal static class StatusCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Command Build(CommandHost host)
    {
        var cluster = new ClusterOptionSet(host);
        var format = CommonOptions.Format("text", "json");
        var command = new Verb(
            "status",
            "Who is in a cluster, which step each is at, and what is waited for.",
            """
            Examples:
              distnet status --cluster 10.0.0.5:7070 --token-file token
              distnet status --cluster 10.0.0.5:7070 --format json
            """);
        cluster.AddTo(command);
        command.Add(format);
        command.SetAction(async (parsed, _) =>
        {
            using var client = cluster.Connect(parsed);
            var status = await client.StatusAsync(host.Stop);
            if (parsed.GetValue(format) == "json")
            {
                host.Out.WriteLine(JsonSerializer.Serialize(status, Json));
            }
            else
            {
                Write(host.Out, status);
            }

            return ExitCode.Done;
        });
        return command;
    }

    internal static void Write(TextWriter writer, ClusterStatus status)
    {
        writer.WriteLine(RunLine(status));
        if (status.Run?.WaitsFor is { } whom)
        {
            writer.WriteLine($"waits for {whom}");
        }

        writer.WriteLine(Invariant($"{"node",-12} {"state",-13} {"step",8} {"lanes",-8} {"pid",7}  {"host",-16} heard"));
        foreach (var node in status.Nodes)
        {
            writer.WriteLine(Invariant($"{node.Name,-12} {node.State,-13} {node.Step,8} {node.Lanes,-8} {node.ProcessId,7}  {node.Host,-16} {node.LastHeardSeconds:0.0} s ago"));
            if (node.Reason is not null)
            {
                writer.WriteLine($"             {node.Reason}");
            }
        }
    }

    private static string RunLine(ClusterStatus status) => status.Run is { } run
        ? Invariant($"{run.Name}: step {run.Step}/{run.Steps}, {run.Samples} samples, {(run.Loss is { } loss ? Invariant($"loss {loss:0.0000}, ") : "")}{PlainProgress.Count(run.Lanes, "lane")}, {PlainProgress.Count(run.Servers, "partition")}, {run.Seconds:0} s")
        : $"no run in progress{(status.LastRun is { } last ? $"; last {last}" : "")}";
}
