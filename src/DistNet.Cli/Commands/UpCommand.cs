using System.CommandLine;
using DistNet.Cluster;
using DistNet.Hosting;
using DistNet.Reporting;

namespace DistNet.Cli;

/// <summary><c>distnet up</c>.</summary>
internal static class UpCommand
{
    public static Command Build(CommandHost host)
    {
        var training = new TrainingOptionSet(host);
        var directory = new Option<string>("--dir") { HelpName = "DIR", Description = "Where the nodes keep their state and logs; a temporary folder, deleted after success, unless given" };
        var giveUpAfter = CommonOptions.Seconds("--give-up-after", "End with exit code 4 when too few nodes are there for so long");
        var replaceAfter = CommonOptions.Seconds("--replace-after", "How long a dead server is waited for before its partitions go to another [default: 10]");
        var noSharedMemory = CommonOptions.NoSharedMemory();
        var faults = CommonOptions.Faults();
        var dashboard = new DashboardOptionSet();
        var control = new ControlOptionSet(host);
        var standbys = CommonOptions.Whole("--standbys", 0, "With --control akka: nodes that stand by for the coordinator's [default: 0]");
        var command = new Verb(
            "up",
            "Start a local cluster of processes, train on it, and end it.",
            """
            Every node is a process. Any of them may be killed at any time: it is started again, and under bsp the
            final weights are the same bits. Ctrl-C ends the run with a checkpoint, and everything that was started.

            Examples:
              distnet up --workers 4 --servers 2
              distnet up --workers 2 --preset cancer-deep --mode asp --format json
              distnet up --workers 4 --servers 2 --faults faults.json
              distnet up --workers 4 --dashboard 7081

            A file of faults, such as to kill worker-1 after 1.5 s and to cut server-0 off at step 500 (docs/faults.md has all):
              { "faults": [
                { "kind": "kill", "node": "worker-1", "at": "1.5s", "restart": "2s" },
                { "kind": "partition", "from": "server-0", "to": "*", "atStep": 500, "for": "2s" } ] }

            Takes all options of distnet train.
            """)
        { directory, giveUpAfter, replaceAfter, noSharedMemory, faults, standbys };
        command.Check = parsed => [.. training.ProblemsOf(parsed), .. dashboard.ProblemsOf(parsed), .. control.ProblemsOf(parsed)];
        control.AddTo(command);
        dashboard.AddTo(command);
        training.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var options = UsageProblems.Require(command, parsed, parsed => training.Load(parsed));
            if (options.PrintConfig)
            {
                host.Out.WriteLine(EffectiveConfig.ToJson(options));
                return ExitCode.Done;
            }

            var plane = ControlOf(control.Read(parsed), parsed.GetValue(standbys) ?? 0);
            var plan = parsed.GetValue(faults) is { } path ? FaultsIn(path, options, plane) : null;
            var page = dashboard.Read(parsed) is { } asked ? asked with { Listen = DashboardServer.Reserve(asked.Listen) } : null;
            using var said = host.SayWhenStopped("stopping after a checkpoint; Ctrl-C again ends at once");
            var root = parsed.GetValue(directory);
            var cluster = LocalClusterOptions.For(options, ThisProgram.Command, root ?? Directory.CreateTempSubdirectory("distnet-up-").FullName) with
            {
                ReplaceAfter = CommonOptions.Span(parsed.GetValue(replaceAfter)),
                SharesMemory = !parsed.GetValue(noSharedMemory),
                Faults = plan,
                Control = plane,
                Standbys = parsed.GetValue(standbys) ?? 0,
                CoordinatorOptions = page is null ? [] : dashboard.ArgumentsFor(page, parsed),
            };
            if (page is not null)
            {
                LivePage.Say(page, host);
            }

            return await RunAsync(options, cluster, isTemporary: root is null, CommonOptions.Span(parsed.GetValue(giveUpAfter)), host);
        });
        return command;
    }

    /// <summary>Nodes that could not be started with that would say so one by one, and only in their logs.</summary>
    private static ControlOptions ControlOf(ControlOptions control, int standbys)
    {
        ControlPlanes.EngineFor(control);
        return control.IsAkka || standbys == 0 ? control : throw new UsageException($"--standbys: the built-in control plane has one coordinator; give {ControlOptions.Option} {ControlOptions.Akka} too");
    }

    /// <exception cref="UsageException">The file has mistakes, or names nodes that are not there.</exception>
    private static FaultFile FaultsIn(string path, TrainingOptions options, ControlOptions control)
    {
        var plan = FaultPlan.Load(path);
        string[] problems = [.. plan.ProblemsFor(LocalCluster.NodesOf(options.Workers, options.Servers)), .. control.ProblemWith(plan) is { } problem ? [problem] : Array.Empty<string>()];
        return problems.Length == 0 ? new FaultFile(Path.GetFullPath(path), plan) : throw new UsageException([.. problems.Select(problem => $"{path}: {problem}")]);
    }

    private static async Task<int> RunAsync(TrainingOptions options, LocalClusterOptions cluster, bool isTemporary, TimeSpan? giveUpAfter, CommandHost host)
    {
        try
        {
            var result = await TrainingView.RunAsync(options, host, progress => LocalSession.RunAsync(cluster, options, giveUpAfter, progress, host.Stop));
            if (isTemporary)
            {
                Directory.Delete(cluster.Directory, recursive: true);
            }

            return await TrainingEnd.PrintAsync(result, options, host);
        }
        catch (Exception e) when (e is TrainingFailedException or ClusterUnreachableException or ClusterGaveUpException)
        {
            host.Complain($"the nodes' logs are in {cluster.Directory}");
            throw;
        }
    }
}
