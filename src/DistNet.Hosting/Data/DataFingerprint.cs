using System.Security.Cryptography;
using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>The SHA-256 of the data as a run uses them, split and scaled: a run that goes on must go on with the same samples.</summary>
public static class DataFingerprint
{
    /// <summary>Lower-case hex, over features and labels of the training part and then of the test part.</summary>
    public static string Of(LoadedData data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, data.Train);
        if (data.Test is { } test)
        {
            Append(hash, test);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, DataSet part)
    {
        SampleBytes.ForEachPiece(part.Values, piece => hash.AppendData(piece));
        SampleBytes.ForEachPiece(part.Labels, piece => hash.AppendData(piece));
    }
}
