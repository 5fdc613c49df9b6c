using DistNet.Hosting;
using DistNet.Lab;

namespace DistNet.Reporting.Tests;

/// <summary>A real asynchronous run and a real comparison, made once for all tests of reports, and the reports of both.</summary>
public sealed class ReportedRuns : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;

    public string Run => Path.Combine(_folder, "run");

    public string Comparison => Path.Combine(_folder, "comparison");

    public TrainingResult Result { get; private set; } = null!;

    public string RunPage { get; private set; } = "";

    public string ComparisonPage { get; private set; } = "";

    private static TrainingOptions Options => new() { Hidden = [16], Epochs = 3, Workers = 3, Mode = "asp", Optimizer = Learning.OptimizerKind.Sgd };

    public async Task InitializeAsync()
    {
        Result = await TrainingSession.RunAsync(Options with { Out = Run }, Unwatched.Instance, default);
        File.WriteAllText(RunFolder.Open(Run).CommandPath, "distnet train --mode asp\n");
        var options = new ComparisonOptions { Rules = ["bsp", "asp"], Seeds = 2, Training = Options with { Mode = "bsp" }, Folder = Comparison };
        await new ComparisonRunner(options, new InProcessExperiment(TrainingSession.RunAsync), _ => { }).RunAsync(default);
        RunPage = File.ReadAllText(await ReportMaker.MakeAllAsync(Run));
        ComparisonPage = File.ReadAllText(await ReportMaker.MakeAllAsync(Comparison));
    }

    /// <summary>A copy of the run's folder that a test may spoil.</summary>
    public string CopyOfRun()
    {
        var copy = Path.Combine(_folder, Path.GetRandomFileName());
        foreach (var file in RunFolder.Open(Run).Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, file))!);
            File.Copy(Path.Combine(Run, file), Path.Combine(copy, file));
        }

        return copy;
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
