using System.CommandLine;
using DistNet.Bench;
using DistNet.Benchmarks;

var standard = new MeasureOptions();
var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => standard.Rounds, Description = "Rounds in which all sides take turns" };
var budget = new Option<double>("--budget") { DefaultValueFactory = _ => standard.Budget, Description = "Seconds to measure each side, over all rounds" };

var pyTorch = new Command("pytorch", "Whole training steps against PyTorch") { rounds, budget };
pyTorch.SetAction(parsed => PyTorchBenchmark.Run(MeasureOf(parsed), Console.Out));
var kernels = new Command("kernels", "Every kernel of the matrix core against the plain judge") { rounds, budget };
kernels.SetAction(parsed => KernelBenchmark.Run(MeasureOf(parsed), Console.Out));
var ddp = new Command("ddp", "A cluster of processes against PyTorch DistributedDataParallel with Gloo") { rounds, budget };
ddp.SetAction((parsed, _) => DdpBenchmark.RunAsync(MeasureOf(parsed), Console.Out));
var dashboard = new Command("dashboard", "Steps of a run whose live page is watched against the same without") { rounds, budget };
dashboard.SetAction((parsed, _) => DashboardBenchmark.RunAsync(MeasureOf(parsed), Console.Out));
var akka = new Command("akka", "What the Akka control plane costs, against the built-in one");
#if AKKA
var turns = new MeasureOptions { Rounds = 4, Budget = 16 };
var akkaRounds = new Option<int>("--rounds") { DefaultValueFactory = _ => turns.Rounds, Description = "Rounds in which both planes take turns" };
var akkaBudget = new Option<double>("--budget") { DefaultValueFactory = _ => turns.Budget, Description = "Seconds to measure each plane's throughput, over all rounds" };
var repeats = new Option<int>("--repeats") { DefaultValueFactory = _ => 3, Description = "How often each process is killed, and a cluster started" };
var items = new Option<string[]>("--items") { AllowMultipleArgumentsPerToken = true, Description = "Measure these alone" };
items.AcceptOnlyFromAmong([.. AkkaBenchmark.Items]);
var hocon = new Option<FileInfo?>("--hocon") { Description = "Settings of Akka's with which throughput is measured once more" };
foreach (var option in new Option[] { akkaRounds, akkaBudget, repeats, items, hocon })
{
    akka.Add(option);
}

akka.SetAction((parsed, _) => AkkaBenchmark.RunAsync(
    new AkkaBenchmarkOptions(
        turns with { Rounds = parsed.GetValue(akkaRounds), Budget = parsed.GetValue(akkaBudget) }, parsed.GetValue(repeats), parsed.GetValue(items) ?? [], parsed.GetValue(hocon)?.FullName),
    Console.Out));
#else
akka.TreatUnmatchedTokensAsErrors = false;
akka.SetAction(_ =>
{
    Console.Error.WriteLine("akka: this build has no Akka control plane; build with it: dotnet run -c Release -p:Akka=true --project tests/DistNet.Benchmarks -- akka");
    return 2;
});
#endif
var micro = new Command("micro", "Activation, loss, optimiser and packing alone; further arguments are BenchmarkDotNet's") { TreatUnmatchedTokensAsErrors = false };
micro.SetAction(parsed => MicroBenchmarks.Run([.. parsed.UnmatchedTokens]));

try
{
    var root = new RootCommand("Longer measurements than those of distnet bench.") { pyTorch, ddp, dashboard, akka, kernels, micro };
    return await root.Parse(args.Length > 0 ? args : ["--help"]).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (PyTorchMissingException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

MeasureOptions MeasureOf(ParseResult parsed) => standard with { Rounds = parsed.GetValue(rounds), Budget = parsed.GetValue(budget) };
