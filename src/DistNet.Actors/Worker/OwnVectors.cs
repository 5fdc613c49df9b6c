using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>Memory for parameter vectors that are a lane's own.</summary>
internal static class OwnVectors
{
    /// <summary>A whole vector, whose values are whatever was there; only the padding is zero.</summary>
    public static Tensor RentVector(this TensorPool pool, ParameterLayout layout)
    {
        var vector = pool.Rent(layout.PaddedLength);
        vector.Span[layout.Length..].Clear();
        return vector;
    }
}
