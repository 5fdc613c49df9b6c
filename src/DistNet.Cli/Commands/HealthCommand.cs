using System.CommandLine;
using DistNet.Cluster;

namespace DistNet.Cli;

/// <summary><c>distnet health</c>: for containers and supervisors, which may have neither a shell nor curl.</summary>
internal static class HealthCommand
{
    private const string Nearest = "127.0.0.1:7070";

    public static Command Build(CommandHost host)
    {
        var address = new Option<string>("--node") { HelpName = "HOST:PORT", Description = $"Where the node listens [default: {Nearest}]" };
        var what = CommonOptions.Choice("--for", "The process serves, or the node is part of its cluster [default: alive]", "alive", "ready");
        var authority = new Option<string>("--tls-ca") { HelpName = "FILE", Description = "PEM certificates that the node's must come from" };
        var command = new Verb(
            "health",
            "Whether one node is alive, or ready.",
            """
            Needs no token. Exit code 0: it is, 1: it is not, 4: nobody answers.

            Examples:
              distnet health
              distnet health --node 10.0.0.6:7070 --for ready
            """) { address, what, authority };
        command.SetAction(async (parsed, _) =>
        {
            var node = ClusterAddress.Parse(parsed.GetValue(address) ?? Nearest, "--node");
            var tls = new Tls(TlsOptions.None with { AuthorityPath = parsed.GetValue(authority) });
            var health = parsed.GetValue(what) == "ready"
                ? await NodeHealth.ReadyAsync(node, tls, host.Stop)
                : await NodeHealth.AliveAsync(node, tls, host.Stop);
            host.Out.WriteLine(health.Answer);
            return health.IsGood ? ExitCode.Done : ExitCode.RunFailed;
        });
        return command;
    }
}
