using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// Epochs in their order, each told when its score is in, where one is due. Without barriers a run goes on while it is evaluated, so that later epochs may
/// end before. A score that a recovery has lost is waited for until a later one comes, or the run ends.
/// </summary>
/// <param name="tell">Takes an epoch.</param>
internal sealed class EpochQueue(Action<EpochReport> tell)
{
    private readonly Queue<(EpochReport Report, bool AwaitsScore)> _epochs = new();
    private int _last;

    public void Add(EpochReport report, bool awaitsScore)
    {
        if (_last >= report.Epoch)
        {
            // A recovery went back before it; what was awaited then does not come.
            Flush();
        }

        _last = report.Epoch;
        _epochs.Enqueue((report, awaitsScore));
        TellFinished();
    }

    public void Score(in Scored score)
    {
        while (_epochs.TryPeek(out var next) && next.Report.Epoch <= score.Epoch)
        {
            var report = _epochs.Dequeue().Report;
            tell(report.Epoch == score.Epoch ? report with { TestLoss = score.TestLoss, TestAccuracy = score.TestAccuracy } : report);
        }

        TellFinished();
    }

    /// <summary>No more scores will come.</summary>
    public void Flush()
    {
        while (_epochs.TryDequeue(out var next))
        {
            tell(next.Report);
        }
    }

    private void TellFinished()
    {
        while (_epochs.TryPeek(out var next) && !next.AwaitsScore)
        {
            tell(_epochs.Dequeue().Report);
        }
    }
}
