using System.Security.Cryptography;
using System.Text;

namespace DistNet.Cluster;

/// <summary>The secret that admits nodes and clients to a cluster.</summary>
public sealed class JoinToken
{
    /// <summary>The environment variable that brings it, so that no list of processes shows it.</summary>
    public const string Variable = "DISTNET_TOKEN";

    private const int Bytes = 24;
    private const int MostCharacters = 1024;

    private readonly byte[] _hash;

    public JoinToken(string text)
    {
        Text = text;
        _hash = HashOf(text);
    }

    public string Text { get; }

    public static JoinToken Generate() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Compares in a time that depends on neither token.</summary>
    public bool Admits(string offered) =>
        offered.Length <= MostCharacters && CryptographicOperations.FixedTimeEquals(_hash, HashOf(offered));

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
