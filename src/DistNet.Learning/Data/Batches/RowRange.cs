namespace DistNet.Learning;

/// <summary>Rows <paramref name="First"/> up to <paramref name="End"/> (exclusive) of a batch.</summary>
public readonly record struct RowRange(int First, int End)
{
    public int Count => End - First;

    public bool IsEmpty => End == First;
}
