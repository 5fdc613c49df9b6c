using DistNet.Hosting;

namespace DistNet.Lab;

/// <summary>Keeps what a run tells on its way, so that a run that fails has a curve too.</summary>
internal sealed class RunRecorder : ITrainingProgress
{
    private readonly List<CurvePoint> _curve = [];
    private readonly List<string> _notices = [];

    public IReadOnlyList<CurvePoint> Curve => _curve;

    public IReadOnlyList<string> Notices => _notices;

    /// <summary>Updates applied, as far as it was told.</summary>
    public long Version { get; private set; }

    /// <summary>Its folder; null until it has begun.</summary>
    public string? Run { get; private set; }

    public void Started(RunDescription description) => Run = description.Run;

    public void Epoch(EpochReport report) => _curve.Add(new CurvePoint(
        report.Epoch, report.Version, report.Samples, report.Seconds, report.TrainLoss, report.TestLoss, report.TestAccuracy));

    public void Step(in StepReport report) => Version = report.Version;

    public void Notice(string line) => _notices.Add(line);
}
