using DistNet.Protocol;

namespace DistNet.Wire.Tests;

/// <summary>Shared memory with a tensor at one place; it is lent from a pool, so that one that is not released is found.</summary>
internal sealed class OnePlace(TensorPool pool, TensorPlace only) : ITensorPlaces
{
    public TensorSlice Take(in TensorPlace place) => place == only
        ? pool.Rent((int)only.Length).All
        : throw new WireException($"{place} is no place.");
}
