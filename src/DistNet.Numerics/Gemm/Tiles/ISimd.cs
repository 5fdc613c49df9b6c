namespace DistNet.Numerics;

/// <summary>The few vector operations of which <see cref="GemmTile{TSimd,TVector,TRows}"/> is made, for one vector width.</summary>
internal unsafe interface ISimd<TVector>
    where TVector : struct
{
    /// <summary>Floats of a vector.</summary>
    public static abstract int Count { get; }

    public static abstract bool IsSupported { get; }

    /// <param name="source">No alignment.</param>
    public static abstract TVector Load(float* source);

    public static abstract void Store(TVector value, float* target);

    /// <summary>One float in every place.</summary>
    public static abstract TVector Broadcast(float* source);

    public static abstract TVector Add(TVector left, TVector right);

    /// <summary>x y + sum, rounded once.</summary>
    public static abstract TVector MultiplyAdd(TVector x, TVector y, TVector sum);
}
