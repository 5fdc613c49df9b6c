using System.Globalization;
using DistNet.Cluster;
using DistNet.Hosting;

namespace DistNet.Reporting;

/// <summary>Where a dashboard is, and who may look at it.</summary>
/// <param name="Listen">Where it listens; port 0: any that is free.</param>
/// <param name="Token">What whoever looks must show; null: nothing, and it listens on loopback.</param>
public sealed record DashboardOptions(ClusterAddress Listen, JoinToken? Token)
{
    /// <summary>The option that asks for a dashboard.</summary>
    public const string Option = "--dashboard";

    /// <summary>The option that names the file with its token.</summary>
    public const string TokenOption = "--dashboard-token-file";

    public const int StandardPort = 7080;

    private const string Loopback = "127.0.0.1";

    /// <summary>As a command line asks for it.</summary>
    /// <param name="where">PORT, HOST:PORT, or nothing for the standard port of loopback.</param>
    /// <param name="tokenFile">File with the token; null: none.</param>
    /// <exception cref="UsageException">All that is wrong with them.</exception>
    public static DashboardOptions Read(string? where, string? tokenFile)
    {
        var problems = new List<string>();
        var token = tokenFile is null ? null : TokenIn(tokenFile, problems);
        if (!TryParse(where, out var listen))
        {
            problems.Add($"{Option}: '{where}' is neither a port nor host:port, such as {StandardPort} or 127.0.0.1:{StandardPort}");
        }
        else if (!listen.IsLoopback && tokenFile is null)
        {
            problems.Add($"{Option}: {listen} can be reached from other machines; give {TokenOption} FILE with a secret, or listen on {Loopback}");
        }

        return problems.Count == 0 ? new DashboardOptions(listen, token) : throw new UsageException(problems);
    }

    private static bool TryParse(string? where, out ClusterAddress listen)
    {
        if (string.IsNullOrEmpty(where))
        {
            listen = new ClusterAddress(Loopback, StandardPort);
            return true;
        }

        return ClusterAddress.TryParse(where.All(char.IsAsciiDigit) ? string.Create(CultureInfo.InvariantCulture, $"{Loopback}:{where}") : where, out listen);
    }

    private static JoinToken? TokenIn(string file, List<string> problems)
    {
        try
        {
            if (File.ReadAllText(file).Trim() is { Length: > 0 } text)
            {
                return new JoinToken(text);
            }

            problems.Add($"{TokenOption}: {file} is empty; put any secret text into it, such as from: openssl rand -hex 24");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{TokenOption}: cannot read {file}: {e.Message}");
        }

        return null;
    }
}
