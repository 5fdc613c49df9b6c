using DistNet.Hosting;

namespace DistNet.Library.Tests;

/// <summary>Keeps what it is told, and may act on it while the run waits.</summary>
internal sealed class Watching(Action<EpochReport>? act = null) : IProgress<EpochReport>
{
    public List<EpochReport> Epochs { get; } = [];

    public void Report(EpochReport value)
    {
        Epochs.Add(value);
        act?.Invoke(value);
    }
}
