using System.CommandLine;
using DistNet.Cluster;
using DistNet.Hosting;

namespace DistNet.Cli;

/// <summary>The whole command: parses, runs a verb, and turns whatever goes wrong into clear lines and an exit code.</summary>
internal static class DistNetCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CommandHost surroundings)
    {
        var host = surroundings with { Arguments = args };
        try
        {
            var parsed = Build(host).Parse(args.Count == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (UsageProblems.Of(parsed) is { Count: > 0 } problems)
            {
                throw new UsageException(problems);
            }

            var configuration = new InvocationConfiguration
            {
                Output = host.Out,
                Error = host.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, host.Stop);
        }
        catch (Exception e)
        {
            return Report(e, host);
        }
    }

    /// <summary>All verbs with their options.</summary>
    internal static RootCommand Build(CommandHost host)
    {
        var root = Verbs(host);
        Verb.ExtendHelp(root);
        return root;
    }

    private static RootCommand Verbs(CommandHost host) => new(
        """
        DistNet trains neural networks data-parallel: workers compute gradients, parameter servers apply them.

        Start here:
          distnet train                          train on handwritten digits, which come with the program
          distnet train --help                   all options and presets
          distnet evaluate --run runs/NAME       a trained network on its test data
          distnet up --workers 4 --servers 2     the same training on a cluster of processes
          distnet simulate --workers 16          the same training on a virtual clock
        """)
    {
        TrainCommand.Build(host),
        ReplayCommand.Build(host),
        ReportCommand.Build(host),
        EvaluateCommand.Build(host),
        PredictCommand.Build(host),
        ExportCommand.Build(host),
        DataCommand.Build(host),
        SimulateCommand.Build(host),
        UpCommand.Build(host),
        NodeCommand.Build(host),
        StatusCommand.Build(host),
        HealthCommand.Build(host),
        AttachCommand.Build(host),
        StopCommand.Build(host),
        LogsCommand.Build(host),
        CompareCommand.Build(host),
        PlanCommand.Build(host),
        VerifyCommand.Build(host),
        StudyCommand.Build(host),
        BenchCommand.Build(host),
        DoctorCommand.Build(host),
    };

    private static int Report(Exception e, CommandHost host)
    {
        var (lines, code) = e switch
        {
            UsageException usage => (usage.Problems, ExitCode.WrongUsage),
            RunFolderException or Learning.DataFormatException => ([e.Message], ExitCode.WrongUsage),
            TrainingFailedException => ([e.Message], ExitCode.RunFailed),
            ClusterUnreachableException or ClusterGaveUpException => ([e.Message], ExitCode.ClusterLost),
            NodeRefusedException => ([e.Message], ExitCode.WrongUsage),
            OperationCanceledException when host.Stop.IsCancellationRequested => (["stopped"], ExitCode.Interrupted),
            _ => ((IReadOnlyList<string>)[$"unexpected: {FirstLine(e.Message)}; DISTNET_DEBUG=1 shows the stack"], ExitCode.RunFailed),
        };
        foreach (var line in lines)
        {
            host.Complain(line);
        }

        if (host.IsSet("DISTNET_DEBUG"))
        {
            host.Error.WriteLine(e);
        }

        return code;
    }

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd();
}
