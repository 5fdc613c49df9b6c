using System.CommandLine;
using DistNet.Bench;

namespace DistNet.Cli;

/// <summary><c>distnet bench core</c> and <c>distnet bench step</c>.</summary>
internal static class BenchCommand
{
    public static Command Build(CommandHost host) => new Verb("bench", "How fast this machine is, and how much of it is used.") { Core(host), Step(host) };

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
