using DistNet.Cluster;
using DistNet.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistNet.Cli;

/// <summary>A run in this process whose telemetry is sent: the export begins when the run has its name, and what is told is logged too.</summary>
internal sealed class ExportedRun : ITrainingProgress
{
    private readonly OtlpExport _export;
    private readonly string _verb;
    private ILogger _log = NullLogger.Instance;
    private string? _run;
    private long _step = -1;

    private ExportedRun(OtlpExport export, string verb)
    {
        _export = export;
        _verb = verb;
    }

    /// <summary>Runs it, and sends its telemetry where that is asked for.</summary>
    /// <param name="host">The surroundings.</param>
    /// <param name="verb">What this process does.</param>
    /// <param name="progress">Told how it goes.</param>
    /// <param name="train">The run.</param>
    public static async Task<TrainingResult> TrainAsync(
        CommandHost host, string verb, ITrainingProgress progress, Func<ITrainingProgress, Task<TrainingResult>> train)
    {
        if (OtlpExport.For(host) is not { } export)
        {
            return await train(progress);
        }

        var run = new ExportedRun(export, verb);
        try
        {
            var result = await train(new ProgressPair(run, progress));
            run._log.Ended(result.Steps, result.Stopped, result.WeightsSha256);
            return result;
        }
        catch (Exception e)
        {
            run._log.Failed(e.Message);
            throw;
        }
        finally
        {
            await export.EndAsync();
        }
    }

    public void Started(RunDescription description)
    {
        _run = Path.GetFileName(description.Run);
        _export.Begin(_run, _run);
        _log = new PlacedLog(_export.Log("distnet")!, Place);
        _log.Began(description.Network, description.Data, description.Mode, description.Workers, description.Servers, description.Lanes, description.FirstVersion);
    }

    public void Step(in StepReport report) => Volatile.Write(ref _step, report.Version);

    public void Epoch(EpochReport report) => _log.EpochEnded(report.Epoch, report.Epochs, report.TrainLoss, report.TestLoss, report.TestAccuracy);

    public void Notice(string line) => _log.Noticed(line);

    private LogPlace Place() => new(_verb, _run, Volatile.Read(ref _step) is >= 0 and var step ? step : null);
}
