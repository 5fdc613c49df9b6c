using System.CommandLine;
using DistNet.Bench;

namespace DistNet.Cli;

/// <summary><c>distnet bench</c>.</summary>
internal static class BenchCommand
{
    private const string PlanePeerName = "plane-peer";

    public static Command Build(CommandHost host) => new Verb(
        "bench",
        "How fast this machine is, and how much of it is used.",
        """
        Examples:
          distnet bench core --rounds 3 --budget 2
          distnet bench step --rounds 3 --budget 2 --format json
        """) { Core(host), Step(host), Planes(host), Cluster(host), Simulator(host), PlanePeerCommand() };

    private static Verb Core(CommandHost host)
    {
        var common = new CommonBenchOptions();
        var against = CommonOptions.Choice("--against", "Measure another library in the same rounds; loaded from DISTNET_OPENBLAS or where systems put it", "openblas");
        var load = CommonOptions.Whole("--load", 0, "Also measure products on all threads beside so many busy ones [default: 0]");
        var command = new Verb(
            "core",
            "Matrix products on the shapes of training: rate, share of the machine's peak, ratio to another library.",
            """
            Examples:
              distnet bench core
              distnet bench core --against openblas --load 1 --format json
            """) { against, load };
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            var options = new CoreBenchOptions
            {
                Measure = common.MeasureOf(parsed),
                Threads = common.ThreadsOf(parsed),
                AgainstOpenBlas = parsed.GetValue(against) is not null,
                OpenBlasPath = host.Environment.FirstOrDefault(pair => pair.Key == CoreBenchOptions.OpenBlasVariable).Value,
                Load = parsed.GetValue(load) ?? 0,
            };
            var report = host.Services.BenchCore(options, host.Error.WriteLine, host.Stop);
            Print(host, common.IsJson(parsed), () => BenchJson.Of(report), writer => CoreText.Write(writer, report));
        });
        return command;
    }

    private static Verb Step(CommandHost host)
    {
        var common = new CommonBenchOptions();
        var command = new Verb(
            "step",
            "Whole training steps in this process: through the actors, on workers and lanes, and without any actors.",
            """
            Examples:
              distnet bench step
              distnet bench step --rounds 11 --budget 5 --threads 4
            """);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            var options = new StepBenchOptions { Measure = common.MeasureOf(parsed), Threads = common.ThreadsOf(parsed) };
            var report = host.Services.BenchStep(options, host.Error.WriteLine, host.Stop);
            Print(host, common.IsJson(parsed), () => BenchJson.Of(report), writer => StepText.Write(writer, report));
        });
        return command;
    }

    private static Verb Planes(CommandHost host)
    {
        var common = new CommonBenchOptions();
        var command = new Verb(
            "planes",
            "What two processes exchange: the tensor plane against a raw socket, and control messages while tensors flow.",
            """
            Examples:
              distnet bench planes
              distnet bench planes --rounds 11 --budget 5 --format json
            """);
        common.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var options = new PlanesBenchOptions { Measure = common.MeasureOf(parsed), PeerCommand = [.. ThisProgram.Command, "bench", PlanePeerName] };
            var report = await PlanesBench.RunAsync(options, host.Error.WriteLine, host.Stop);
            Print(host, common.IsJson(parsed), () => BenchJson.Of(report), writer => PlanesText.Write(writer, report));
        });
        return command;
    }

    private static Verb Cluster(CommandHost host)
    {
        var common = new CommonBenchOptions();
        var bandwidth = new Option<bool>("--bandwidth") { Description = "Throughput against the speed of the links instead; needs root and iproute2" };
        var command = new Verb(
            "cluster",
            "A local cluster of processes: throughput against one process, and how soon it gets over a kill.",
            """
            Examples:
              distnet bench cluster --budget 15
              distnet bench cluster --bandwidth
            """) { bandwidth };
        common.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            if (parsed.GetValue(bandwidth))
            {
                var results = BandwidthBench.Run(ThisProgram.Command, host.Error.WriteLine, host.Stop);
                Print(host, common.IsJson(parsed), () => BenchJson.Of(results), writer => ClusterText.Write(writer, results));
                return;
            }

            var report = await ClusterBench.RunAsync(common.MeasureOf(parsed), ThisProgram.Command, host.Error.WriteLine, host.Stop);
            Print(host, common.IsJson(parsed), () => BenchJson.Of(report), writer => ClusterText.Write(writer, report));
        });
        return command;
    }

    private static Verb Simulator(CommandHost host)
    {
        var common = new CommonBenchOptions();
        var command = new Verb(
            "simulator",
            "Events a second of the simulator on one thread, where only time counts.",
            """
            An event is one input that an actor is given. --threads changes nothing here.

            Examples:
              distnet bench simulator
              distnet bench simulator --rounds 5 --budget 10 --format json
            """);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            var report = SimulatorBench.Run(common.MeasureOf(parsed), host.Error.WriteLine, host.Stop);
            Print(host, common.IsJson(parsed), () => BenchJson.Of(report), writer => SimulatorText.Write(writer, report));
        });
        return command;
    }

    /// <summary>The other process of <c>bench planes</c>; nobody types it.</summary>
    private static Command PlanePeerCommand()
    {
        var ports = new Argument<int[]>("ports") { Arity = new ArgumentArity(3, 3) };
        var command = new Command(PlanePeerName) { ports };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            var all = parsed.GetRequiredValue(ports);
            await PlanePeer.RunAsync(all[0], all[1], all[2]);
        });
        return command;
    }

    private static void Print(CommandHost host, bool isJson, Func<string> json, Action<TextWriter> write)
    {
        if (isJson)
        {
            host.Out.WriteLine(json());
        }
        else
        {
            write(host.Out);
        }
    }

    /// <summary>Options of both.</summary>
    private sealed class CommonBenchOptions
    {
        private static readonly MeasureOptions Standard = new();

        private readonly Option<int?> _rounds = CommonOptions.Whole("--rounds", 1, $"Rounds in which all sides take turns [default: {Standard.Rounds}]");
        private readonly Option<double?> _budget = CommonOptions.Seconds("--budget", $"Time to measure each side of a comparison, over all rounds [default: {Standard.Budget}]");
        private readonly Option<int?> _threads = CommonOptions.Whole("--threads", 1, "Threads (and workers) where there are several; one for each core unless given");
        private readonly Option<string> _format = CommonOptions.Format("text", "json");

        public void AddTo(Command command)
        {
            command.Add(_rounds);
            command.Add(_budget);
            command.Add(_threads);
            command.Add(_format);
        }

        public MeasureOptions MeasureOf(ParseResult parsed) => Standard with
        {
            Rounds = parsed.GetValue(_rounds) ?? Standard.Rounds,
            Budget = parsed.GetValue(_budget) ?? Standard.Budget,
        };

        public int ThreadsOf(ParseResult parsed) => parsed.GetValue(_threads) ?? Environment.ProcessorCount;

        public bool IsJson(ParseResult parsed) => parsed.GetValue(_format) == "json";
    }
}
