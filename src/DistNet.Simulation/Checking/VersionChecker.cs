using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>Within a generation the run's version only grows, from the one that the generation began at.</summary>
public sealed class VersionChecker : IRunChecker
{
    private long _generation;
    private long _version;
    private string? _problem;

    public void OnObserved(TimeSpan now, Envelope envelope)
    {
        switch (envelope)
        {
            case Envelope<GenerationOpened> opened:
                (_generation, _version) = (opened.Message.Generation, opened.Message.Version);
                break;
            case Envelope<Advanced> advanced:
                var version = advanced.Message.Version;
                _problem ??= version > _version ? null : $"version {version} follows version {_version} in generation {_generation}";
                _version = version;
                break;
        }
    }

    public string? Problem(SimulationResult result) => _problem;
}
