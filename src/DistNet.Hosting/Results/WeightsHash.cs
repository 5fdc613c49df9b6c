using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DistNet.Actors;
using DistNet.Learning;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>The SHA-256 of a run's weights: the flat parameter vector, little-endian float32, without padding.</summary>
public static class WeightsHash
{
    /// <summary>Lower-case hex.</summary>
    /// <param name="layout">Of the parameters.</param>
    /// <param name="parameters">The flat vector, with or without padding.</param>
    public static string Of(ParameterLayout layout, ReadOnlySpan<float> parameters) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(parameters[..layout.Length])));

    /// <summary>Lower-case hex.</summary>
    /// <param name="map">How the vector is spread.</param>
    /// <param name="partitions">The partitions, in order.</param>
    public static string Of(PartitionMap map, IReadOnlyList<TensorSlice> partitions)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var partition in map.Partitions)
        {
            hash.AppendData(MemoryMarshal.AsBytes(partitions[partition.Index].Span[..partition.Length]));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
