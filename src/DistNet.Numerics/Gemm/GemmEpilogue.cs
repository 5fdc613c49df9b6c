namespace DistNet.Numerics;

/// <summary>
/// What is done to C right after the product, while it is in the cache: an activation, its slope. It must be elementwise, so that
/// it does not matter how C was divided.
/// </summary>
public abstract class GemmEpilogue
{
    /// <summary>
    /// Called once for each region of C when all of its sums are finished, by the thread that finished them. Regions are disjoint
    /// and cover C; their first columns are multiples of 8.
    /// </summary>
    /// <param name="region">View of a part of C.</param>
    /// <param name="row">Its first row in C.</param>
    /// <param name="column">Its first column in C.</param>
    public abstract void Apply(Matrix region, int row, int column);
}
