using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>What a worker has been told to do in this generation, whatever the rule: its lanes, how far it may go, and whom it helps.</summary>
internal sealed class Assignment
{
    private readonly List<LaneRange> _assisted = [];
    private long _placement = -1;

    public LaneRange Lanes { get; private set; }

    /// <summary>Barrier rules: updates up to which units may begin.</summary>
    public long Horizon { get; private set; }

    /// <summary>Barrier rules: the step of which lanes hosted elsewhere are computed here too.</summary>
    public long AssistedStep { get; private set; }

    public IReadOnlyList<LaneRange> Assisted => _assisted;

    public void OnPlacement(in Placement placement, int worker, int lanes)
    {
        if (placement.Number > _placement)
        {
            _placement = placement.Number;
            Lanes = placement.LanesOf(worker, lanes);
        }
    }

    public void OnHorizon(long version) => Horizon = Math.Max(Horizon, version);

    public void OnAssist(in AssistWith assist)
    {
        if (assist.Step > AssistedStep)
        {
            _assisted.Clear();
            AssistedStep = assist.Step;
        }

        if (assist.Step == AssistedStep)
        {
            _assisted.Add(new LaneRange(assist.FirstLane, assist.EndLane));
        }
    }

    public void Reset()
    {
        _placement = -1;
        Lanes = default;
        Horizon = 0;
        AssistedStep = 0;
        _assisted.Clear();
    }
}
