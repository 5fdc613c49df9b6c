using System.CommandLine;
using DistNet.Cluster;
using DistNet.Hosting;

namespace DistNet.Cli;

/// <summary>How a verb finds a cluster and is admitted to it.</summary>
internal sealed class ClusterOptionSet(CommandHost host)
{
    private readonly Option<string> _tokenFile = new("--token-file") { HelpName = "FILE", Description = $"File with the cluster's join token; else the environment variable {JoinToken.Variable}" };
    private readonly Option<string> _certificate = new("--tls-cert") { HelpName = "FILE", Description = "PEM certificate to show; with --tls-key" };
    private readonly Option<string> _key = new("--tls-key") { HelpName = "FILE", Description = "PEM key of the certificate" };
    private readonly Option<string> _authority = new("--tls-ca") { HelpName = "FILE", Description = "PEM certificates that others' must come from; TLS is mutual then" };

    private readonly ControlOptionSet _control = new(host);

    /// <summary>Where the coordinator is.</summary>
    public Option<string> Address { get; } = new("--cluster") { HelpName = "HOST:PORT[,HOST:PORT...]", Description = "Where the cluster's coordinator listens, or nodes that know" };

    /// <summary>For a client: how it finds the cluster, and is admitted.</summary>
    public void AddTo(Command command)
    {
        command.Add(Address);
        _control.AddPlaneTo(command);
        AddAdmissionTo(command);
    }

    /// <summary>What admits to a cluster.</summary>
    public void AddAdmissionTo(Command command)
    {

        command.Add(_tokenFile);
        command.Add(_certificate);
        command.Add(_key);
        command.Add(_authority);
    }

    /// <summary>A client of the cluster that the command line names; the caller's to dispose.</summary>
    public ClusterClient Connect(ParseResult parsed) => parsed.GetValue(Address) is { } text
        ? Connect(ClusterAddress.ParseAll(text, "--cluster"), _control.Read(parsed), TlsOf(parsed), TokenOf(parsed))
        : throw new UsageException("--cluster: say where the coordinator listens, such as --cluster 10.0.0.5:7070");

    public TlsOptions TlsOf(ParseResult parsed) => new(parsed.GetValue(_certificate), parsed.GetValue(_key), parsed.GetValue(_authority));

    /// <exception cref="UsageException">There is no token.</exception>
    public JoinToken TokenOf(ParseResult parsed)
    {
        var text = parsed.GetValue(_tokenFile) is { } file ? Read(file) : host.Environment.FirstOrDefault(pair => pair.Key == JoinToken.Variable).Value;
        return text is { Length: > 0 }
            ? new JoinToken(text)
            : throw new UsageException($"--token-file: a cluster needs a join token: give a file that holds it, or set {JoinToken.Variable} (any secret text, the same on every node; such as from: openssl rand -hex 24)");
    }

    private static ClusterClient Connect(IReadOnlyList<ClusterAddress> nodes, ControlOptions control, TlsOptions tls, JoinToken token) =>
        new(ControlPlanes.ContactFor(control, nodes, tls, token), new Tls(tls), token);

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--token-file: cannot read {file}: {e.Message}");
        }
    }
}
