using System.CommandLine;
using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Lab;

namespace DistNet.Cli;

/// <summary><c>distnet compare</c>.</summary>
internal static class CompareCommand
{
    public static Command Build(CommandHost host)
    {
        var training = new TrainingOptionSet(host);
        var rules = new Argument<string[]>("RULE") { Arity = ArgumentArity.ZeroOrMore, Description = $"Update rules to compare: {RuleModel.Forms}" };
        rules.CompletionSources.Add([.. UpdateRules.Examples]);
        var seeds = CommonOptions.Whole("--seeds", 1, "Runs of each rule, with --seed and the seeds after it [default: 3]");
        var under = CommonOptions.Choice("--under", "What runs are carried out on [default: in-process]", Experiments.InProcess, Experiments.Cluster, Experiments.Simulation);
        var targetLoss = CommonOptions.AboveZero("--target-loss", "LOSS", "Compare the time to this train loss too");
        var simulation = new SimulateOptionSet();
        var command = new Verb("compare", "Train with several update rules and several seeds, and compare.", More) { rules, seeds, under, targetLoss };
        command.Check = training.ProblemsOf;
        simulation.AddClusterTo(command);
        training.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var isSimulated = parsed.GetValue(under) == Experiments.Simulation;
            var options = isSimulated ? training.LoadForSimulation(parsed) : training.Load(parsed);
            return RunAsync(
                new ComparisonOptions
                {
                    Rules = parsed.GetValue(rules) ?? [],
                    Seeds = parsed.GetValue(seeds) ?? 3,
                    Training = options,
                    TargetLoss = parsed.GetValue(targetLoss),
                    Under = parsed.GetValue(under) ?? Experiments.InProcess,
                    Folder = options.Out ?? RunFolder.PathFor("runs", "compare", DateTime.Now),
                },
                [
                    .. training.IsGiven(parsed, "mode") ? ["--mode: compare takes update rules as arguments, such as: distnet compare bsp asp"] : Array.Empty<string>(),
                    .. isSimulated ? [] : simulation.Given(parsed).Select(name => $"{name}: is of a simulated cluster; add --under {Experiments.Simulation}"),
                ],
                () => new SimulationExperiment(simulation.Texts(parsed), options.Workers, options.Servers),
                host);
        });
        return command;
    }

    private static async Task<int> RunAsync(ComparisonOptions options, IEnumerable<string> misplaced, Func<IExperiment> simulate, CommandHost host)
    {
        string[] problems = [.. misplaced, .. options.Problems];
        if (problems.Length > 0)
        {
            throw new UsageException(problems);
        }

        var experiment = Experiments.Find(options.Under, host.Services.Train, ThisProgram.Command, simulate);
        using var said = host.SayWhenStopped("ending with the run that is going; Ctrl-C again ends at once");
        var comparison = await CompareAsync(options, experiment, host);
        return Print(comparison, await ReportEnd.MakeAsync(options.Folder, options.Training.NoReport, host), options, host);
    }

    private static Task<Comparison> CompareAsync(ComparisonOptions options, IExperiment experiment, CommandHost host)
    {
        if (!host.CanDraw || options.Training.Quiet)
        {
            return new ComparisonRunner(options, experiment, line => Say(line, options.Training, host)).RunAsync(host.Stop);
        }

        var view = new LiveComparison(options);
        var runner = new ComparisonRunner(options, view.Watched(experiment), view.Lines.Say);
        return host.DrawAsync(view, () => runner.RunAsync(host.Stop));
    }

    private static int Print(Comparison comparison, string? report, ComparisonOptions options, CommandHost host)
    {
        if (options.Training.Format == OutputFormat.Json)
        {
            host.Out.WriteLine(comparison.ToJson());
        }
        else
        {
            ComparisonTable.Write(host.Out, comparison);
            host.Out.WriteLine($"comparison     {Path.Combine(options.Folder, Comparison.FileName)}");
            ReportEnd.Write(report, host);
        }

        return host.Stop.IsCancellationRequested ? ExitCode.Interrupted
            : comparison.Runs.All(run => run.Outcome == RunOutcome.Failed) ? ExitCode.RunFailed
            : ExitCode.Done;
    }

    private static void Say(string line, TrainingOptions training, CommandHost host)
    {
        if (!training.Quiet)
        {
            host.Error.WriteLine(line);
        }
    }

    private const string More =
        """
        Runs every rule with every seed, one after the other, and puts beside the medians what theory says. The folder
        (--out) holds comparison.json with every curve, hash and command, and all run folders. A run that diverges is a
        result like any other.

        Under simulation seconds are virtual, and the options of the simulated cluster are those of distnet simulate.

        Examples:
          distnet compare bsp asp
          distnet compare bsp ssp:2 asp --under simulation --lanes 8 --service shifted:5ms+5ms --slow 0=2
          distnet compare bsp asp --seeds 5 --workers 4 --epochs 10 --target-loss 0.1
          distnet compare bsp asp --under cluster --workers 2 --format json

        Takes all options of distnet train but --mode and --resume.
        """;
}
