using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// The loss curve, update after update. An epoch ends when its samples have been applied; under a sequenced rule the update that
/// passes the bound belongs to the epoch it ends.
/// </summary>
internal sealed class LossBook(RunPlan plan)
{
    private readonly List<double> _epochs = [];
    private readonly List<double> _steps = [];
    private double _epochLoss;
    private long _epochSamples;
    private long _samples;

    /// <summary>The last update ended an epoch.</summary>
    public bool JustEnded { get; private set; }

    /// <summary>Complete epochs.</summary>
    public int Epochs => _epochs.Count;

    /// <summary>Mean loss of the last complete epoch, or of what there is of the first.</summary>
    public double Latest => _epochs.Count > 0 ? _epochs[^1] : _epochLoss / Math.Max(1, _epochSamples);

    /// <summary>A copy, for a record that outlives this book.</summary>
    public LossHistory History => new([.. _epochs], [.. _steps], _epochLoss, _epochSamples);

    public void Restore(LossHistory history, long samples)
    {
        _epochs.Clear();
        _epochs.AddRange(history.Epochs);
        _steps.Clear();
        _steps.AddRange(history.Steps);
        _epochLoss = history.EpochLoss;
        _epochSamples = history.EpochSamples;
        _samples = samples;
    }

    /// <summary>One update.</summary>
    /// <param name="loss">Summed over its samples.</param>
    /// <param name="samples">Samples applied so far, with this update.</param>
    public void Add(double loss, long samples)
    {
        var count = samples - _samples;
        _samples = samples;
        _epochLoss += loss;
        _epochSamples += count;
        if (plan.RecordSteps)
        {
            _steps.Add(loss / Divisor(count));
        }

        JustEnded = samples >= (Epochs + 1L) * plan.Schedule.Samples;
        if (JustEnded)
        {
            _epochs.Add(_epochLoss / Divisor(_epochSamples));
            _epochLoss = 0;
            _epochSamples = 0;
        }
    }

    /// <summary>A sum-reduced loss is reported as what is minimised: the sum over a batch, averaged over an epoch's batches.</summary>
    private double Divisor(long samples) =>
        plan.Network.Loss.Reduction == Learning.Reduction.Mean ? samples : (double)samples / plan.Schedule.BatchSize;
}
