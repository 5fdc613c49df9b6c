namespace DistNet.Lab;

/// <summary>Where a property ends.</summary>
internal static class Bisection
{
    private const int Halvings = 40;

    /// <param name="holds">True below some point, false above it.</param>
    /// <param name="low">It holds here.</param>
    /// <param name="high">It does not here.</param>
    public static double Find(Func<double, bool> holds, double low, double high)
    {
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = holds(middle) ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
