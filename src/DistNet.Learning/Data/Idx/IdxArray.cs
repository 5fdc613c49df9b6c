namespace DistNet.Learning;

/// <summary>An array of unsigned bytes as an IDX file holds it.</summary>
/// <param name="Dimensions">1 to 4 lengths; the first counts samples.</param>
/// <param name="Values">Row-major, the last dimension fastest.</param>
public sealed record IdxArray(IReadOnlyList<int> Dimensions, byte[] Values)
{
    public int Count => Dimensions[0];
}
