using System.Globalization;
using System.Net;
using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>host:port. The host is a name or an IP address, one of IPv6 in brackets.</summary>
public readonly record struct ClusterAddress(string Host, int Port)
{
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>Every address of the machine: one can listen there, nobody can be reached there.</summary>
    public bool IsAny => IPAddress.TryParse(Host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));

    public static bool TryParse(string text, out ClusterAddress address)
    {
        var colon = text.LastIndexOf(':');
        var host = colon > 0 ? text[..colon].TrimStart('[').TrimEnd(']') : "";
        var isPort = int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 0 and <= 65535;
        address = new ClusterAddress(host, port);
        return isPort && Uri.CheckHostName(host) != UriHostNameType.Unknown;
    }

    /// <exception cref="UsageException">The text is no address; the message names the option.</exception>
    public static ClusterAddress Parse(string text, string option) =>
        TryParse(text, out var address) ? address : throw new UsageException(ProblemWith(text, option));

    /// <summary>Several, with commas between them.</summary>
    /// <exception cref="UsageException">Those that are no addresses, a line for each; it names the option.</exception>
    public static IReadOnlyList<ClusterAddress> ParseAll(string text, string option)
    {
        string[] parts = [.. text.Split(',').Select(part => part.Trim())];
        string[] problems = [.. parts.Where(part => !TryParse(part, out _)).Select(part => ProblemWith(part, option))];
        return problems.Length == 0 ? [.. parts.Select(part => Parse(part, option))] : throw new UsageException(problems);
    }

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static string ProblemWith(string text, string option) => $"{option}: '{text}' is not host:port, such as 10.0.0.5:7070";
}
