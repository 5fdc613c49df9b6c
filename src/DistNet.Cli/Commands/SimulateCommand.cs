using System.CommandLine;
using DistNet.Hosting;
using DistNet.Reporting;
using DistNet.Simulation;

namespace DistNet.Cli;

/// <summary><c>distnet simulate</c>.</summary>
internal static class SimulateCommand
{
    /// <summary>Counts where the number of workers is itself wrong.</summary>
    private const int MostWorkers = 1024;

    public static Command Build(CommandHost host)
    {
        var training = new TrainingOptionSet(host);
        var simulation = new SimulateOptionSet();
        var chaos = new ChaosOptionSet(training, simulation);
        var dashboard = new DashboardOptionSet();
        var command = new Verb("simulate", "Train on a simulated cluster, on a virtual clock; the same seed is the same run.", More)
        {
            Check = parsed => chaos.IsAsked(parsed) ? chaos.ProblemsOf(parsed) : ProblemsOf(parsed, training, simulation, dashboard),
        };
        chaos.AddTo(command);
        dashboard.AddTo(command);
        simulation.AddTo(command);
        training.AddTo(command);
        command.SetAction((parsed, _) => chaos.IsAsked(parsed) ? ChaosCommand.RunAsync(chaos.Load(parsed), host)
            : ProblemsOf(parsed, training, simulation, dashboard) is { Count: > 0 } problems
            ? throw new UsageException(problems)
            : RunAsync(training.LoadForSimulation(parsed), simulation, dashboard.Read(parsed), parsed, host));
        return command;
    }

    private static async Task<int> RunAsync(
        TrainingOptions options, SimulateOptionSet simulation, DashboardOptions? dashboard, ParseResult parsed, CommandHost host)
    {
        if (options.PrintConfig)
        {
            host.Out.WriteLine(EffectiveConfig.ToJson(options));
            return ExitCode.Done;
        }

        var cluster = simulation.Load(parsed, options.Workers, options.Servers);
        await using var page = await LivePage.OpenAsync(dashboard, "simulate", host, isVirtual: true);
        using var said = host.SayWhenStopped("ending the simulated run; Ctrl-C again ends at once");
        var result = await TrainingView.RunAsync(
            options, host, progress => page.ShowAsync(options, progress, watched => SimulationSession.RunAsync(options, cluster, watched, host.Stop)));
        return await TrainingEnd.PrintAsync(result, options, host);
    }

    /// <summary>Of all sets of options at once.</summary>
    private static IReadOnlyList<string> ProblemsOf(ParseResult parsed, TrainingOptionSet training, SimulateOptionSet simulation, DashboardOptionSet dashboard)
    {
        var (workers, servers) = (MostWorkers, MostWorkers);
        var problems = new List<string>();
        problems.AddRange(UsageProblems.In(() => (workers, servers) = CountsOf(training.LoadForSimulation(parsed))));
        problems.AddRange(UsageProblems.In(() => simulation.Load(parsed, workers, servers)));
        problems.AddRange(dashboard.ProblemsOf(parsed));
        return problems;
    }

    private static (int Workers, int Servers) CountsOf(TrainingOptions options) => (options.Workers, options.Servers);

    private static string More =>
        $"""
        Takes the options of distnet train; workers are as many as --lanes unless --workers is given. --threads changes
        nothing, --resume is not possible. The result counts virtual seconds.

        Laws: constant:TIME (or a time alone); exp:MEAN; shifted:LEAST+MEAN, a constant plus an exponential time of that
        mean; pareto:LEAST,ALPHA, P(X > x) = (LEAST/x)^ALPHA; lognormal:MEAN,SIGMA, the mean of the time itself and the
        standard deviation of its logarithm; trace:FILE, recorded times in milliseconds, one a line or the first column of a
        CSV file (FILE#COLUMN: the column of that name), drawn with replacement; trace-in-order:FILE, one after the other.
        A law is for one lane's shard: a worker that computes several lanes at once takes so many times as long.

        Objectives: quadratic is f(w) = lambda |w|^2 / 2 from w = 1; noise is the standard deviation of each coordinate
        of the gradient of one lane's shard. logistic is logistic regression on synthetic samples from w = 0. With none
        every gradient is zero. A message is as long as that of the network configured, whatever is computed; a batch has
        at least one sample for each lane. Mind --optimizer sgd: the standard is momentum.

        Chaos: --chaos N draws N clusters and what goes wrong in them, and holds every run to what must be true of it. The
        first failure ends it with exit code 1, its seed and the command that replays it. Takes --seed (of the first),
        --mode (a rule without its number, or switching), --threads, --format and --save-faults.

        Examples:
          distnet simulate --workers 8 --service shifted:5ms+5ms --slow 3=4
          distnet simulate --mode asp --lanes 64 --steps 100000 --compute quadratic:noise=0.1 --optimizer sgd --lr 0.01
          distnet simulate --lanes 16 --servers 2 --bandwidth 1Gbit --latency 100us --service exp:20ms --trace trace.json
          distnet simulate --mode asp --lanes 1000 --steps 100000 --compute none --service exp:10ms --format json
          distnet simulate --workers 4 --servers 2 --faults faults.json
          distnet simulate --chaos 1000

        Presets:
        {TrainingOptionSet.Presets()}
        """;
}
