namespace DistNet.Actors;

/// <summary>Lanes that compute nothing, in the order of their numbers, so that what is begun together is begun in that order.</summary>
internal sealed class IdleLanes
{
    private static readonly Comparer<LaneState> ByNumber = Comparer<LaneState>.Create(static (one, other) => one.Lane.CompareTo(other.Lane));

    public List<LaneState> Lanes { get; } = [];

    public void Add(LaneState lane)
    {
        var place = Lanes.Count == 0 || Lanes[^1].Lane < lane.Lane ? Lanes.Count : ~Lanes.BinarySearch(lane, ByNumber);
        Lanes.Insert(place, lane);
    }

    public void RemoveAt(int place) => Lanes.RemoveAt(place);

    public void Clear() => Lanes.Clear();
}
