using DistNet.Protocol;

namespace DistNet.Lab;

/// <summary>
/// Reads the sequencer's commands to the first server, and counts staleness by itself: the version that a unit is applied to less the version that it
/// began on. Beside it stands what the sequencer says.
/// </summary>
/// <param name="lanes">P.</param>
internal sealed class CommandProbe(int lanes) : Probe
{
    private readonly Dictionary<UnitId, long> _read = [];
    private readonly List<double> _staleness = [];
    private readonly List<long> _counts = [];
    private long _readSum;

    /// <summary>Called with each unit applied and its staleness.</summary>
    public Action<ScaledUnit, long>? OnUnit { get; init; }

    /// <summary>Mean staleness of each update's units.</summary>
    public IReadOnlyList<double> Staleness => _staleness;

    /// <summary>How many units were applied at each staleness, from 0.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>Units applied.</summary>
    public long Units { get; private set; }

    /// <summary>Summed over the units applied.</summary>
    public long StalenessSum { get; private set; }

    /// <summary>The same, as the sequencer tells the coordinator.</summary>
    public double ToldStalenessSum { get; private set; }

    /// <summary>Updates after which all lanes were in flight.</summary>
    public long Balances { get; private set; }

    /// <summary>Those after which told staleness and the ages in flight did not add up to (P - 1) x updates.</summary>
    public long Unbalanced { get; private set; }

    public override void OnInput(ActorId actor, in Input input)
    {
        switch (input.Body)
        {
            case Envelope<Apply> apply when actor == ActorId.Server(0):
                OnApply(apply.Message);
                break;
            case Envelope<Progress> progress when actor == ActorId.Coordinator:
                OnProgress(progress.Message);
                break;
        }
    }

    /// <summary>After the command of the same update, because the sequencer sends that first and links are free.</summary>
    private void OnProgress(in Progress progress)
    {
        ToldStalenessSum = progress.StalenessSum;
        if (_read.Count == lanes && progress.Version == _staleness.Count)
        {
            Balances++;
            var ages = (progress.Version * _read.Count) - _readSum;
            Unbalanced += progress.StalenessSum + ages == (lanes - 1) * progress.Version ? 0 : 1;
        }
    }

    private void OnApply(in Apply command)
    {
        if (command.Units.Count > 0)
        {
            Count(command);
        }

        for (var i = 0; i < command.Dropped.Count; i++)
        {
            Take(command.Dropped[i]);
        }

        for (var i = 0; i < command.Starts.Count; i++)
        {
            var start = command.Starts[i];
            _read.Add(new UnitId(start.Lane, start.Step, start.Dispatch), command.Version);
            _readSum += command.Version;
        }
    }

    private void Count(in Apply command)
    {
        var sum = 0L;
        for (var i = 0; i < command.Units.Count; i++)
        {
            var staleness = command.Version - 1 - Take(command.Units[i].Unit);
            OnUnit?.Invoke(command.Units[i], staleness);
            sum += staleness;
            Count((int)staleness);
        }

        Units += command.Units.Count;
        StalenessSum += sum;
        _staleness.Add(sum / (double)command.Units.Count);
    }

    private void Count(int staleness)
    {
        while (_counts.Count <= staleness)
        {
            _counts.Add(0);
        }

        _counts[staleness]++;
    }

    private long Take(UnitId unit)
    {
        _read.Remove(unit, out var read);
        _readSum -= read;
        return read;
    }
}
