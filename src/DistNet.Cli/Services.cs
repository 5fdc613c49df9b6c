using DistNet.Bench;
using DistNet.Hosting;
using DistNet.Lab;
using DistNet.Learning;
using DistNet.Reporting;

namespace DistNet.Cli;

/// <summary>The real parts behind the verbs.</summary>
internal static class Services
{
    public static CommandServices Create() => new()
    {
        Train = TrainingSession.RunAsync,
        Evaluate = Inference.Evaluate,
        Predict = Inference.Predict,
        Data = DataCatalog.All,
        Report = ReportMaker.MakeAllAsync,
        BenchCore = CoreBench.Run,
        BenchStep = StepBench.Run,
        Studies = StudyCatalog.All,
        Verify = Verification.Run,
    };
}
