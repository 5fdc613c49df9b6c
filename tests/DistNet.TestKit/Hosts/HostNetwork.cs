using System.Globalization;

namespace DistNet.TestKit;

/// <summary>
/// Hosts with addresses of their own on one switch: network namespaces of this machine, which nothing outside them sees. Links can be cut, and
/// slowed down. Needs Linux, root and iproute2. All is gone with this object; what a killed process has left, the next one clears away.
/// </summary>
public sealed class HostNetwork : IDisposable
{
    private const string Prefix = "distnet-";
    private const string Switch = "switch";
    private const string Interface = "eth0";
    private const string Bridge = "bridge";
    private const string OtherBridge = "bridge2";

    private static int _networks;

    private readonly string[] _hosts;
    private readonly string _name = $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _networks)}";

    /// <exception cref="InvalidOperationException">It cannot be made here; <see cref="Obstacle"/> says so beforehand.</exception>
    public HostNetwork(params string[] hosts)
    {
        _hosts = hosts;
        ClearAway(IsOfDeadProcess);
        try
        {
            Build();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Why there can be no such network here; null: there can.</summary>
    public static string? Obstacle()
    {
        try
        {
            using var trial = new HostNetwork("a");
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"no network namespaces here, which need Linux, root and iproute2: {e.Message}";
        }
    }

    public string AddressOf(string host) => string.Create(CultureInfo.InvariantCulture, $"10.77.0.{NumberOf(host) + 1}");

    /// <summary>The command line that runs another one on a host, in the same process.</summary>
    public IReadOnlyList<string> CommandOn(string host, params IEnumerable<string> command) => ["ip", "netns", "exec", SpaceOf(host), .. command];

    /// <summary>Pulls the host's cable; its interface keeps its address.</summary>
    public void Cut(string host) => Ip("-n", SpaceOf(Switch), "link", "set", PortOf(host), "down");

    /// <summary>Puts some hosts on a switch of their own: they reach each other, but none of the rest, and the rest none of them.</summary>
    public void Part(params string[] hosts)
    {
        foreach (var host in hosts)
        {
            Ip("-n", SpaceOf(Switch), "link", "set", PortOf(host), "master", OtherBridge);
        }
    }

    /// <summary>Puts it back where all others are.</summary>
    public void Heal(string host) => Ip("-n", SpaceOf(Switch), "link", "set", PortOf(host), "master", Bridge, "up");

    /// <summary>Limits a host's link, each way, in bits a second.</summary>
    public void SetRate(string host, long bitsPerSecond)
    {
        // A bucket holds what flows in 10 ms, and one large segment at least.
        var burst = Math.Max(bitsPerSecond / 8 / 100, 64 * 1024).ToString(CultureInfo.InvariantCulture);
        foreach (var (space, device) in new[] { (SpaceOf(host), Interface), (SpaceOf(Switch), PortOf(host)) })
        {
            SystemCommand.Run("tc", "-n", space, "qdisc", "replace", "dev", device, "root", "tbf", "rate", $"{bitsPerSecond}bit", "burst", burst, "latency", "100ms");
        }
    }

    public void Dispose() => ClearAway(space => space.StartsWith($"{_name}-", StringComparison.Ordinal));

    private static void Ip(params string[] arguments) => SystemCommand.Run("ip", arguments);

    private static void ClearAway(Func<string, bool> isObsolete)
    {
        var spaces = SystemCommand.Run("ip", "netns", "list").Split('\n').Select(line => line.Split(' ')[0]);
        foreach (var space in spaces.Where(space => space.StartsWith(Prefix, StringComparison.Ordinal) && isObsolete(space)))
        {
            Ip("netns", "delete", space);
        }
    }

    private static bool IsOfDeadProcess(string space) =>
        int.TryParse(space.Split('-')[1], CultureInfo.InvariantCulture, out var process) && !Directory.Exists($"/proc/{process}");

    private void Build()
    {
        Ip("netns", "add", SpaceOf(Switch));
        foreach (var bridge in new[] { Bridge, OtherBridge })
        {
            Ip("-n", SpaceOf(Switch), "link", "add", bridge, "type", "bridge", "forward_delay", "0");
            Ip("-n", SpaceOf(Switch), "link", "set", bridge, "up");
        }

        foreach (var host in _hosts)
        {
            Ip("netns", "add", SpaceOf(host));
            Ip("-n", SpaceOf(host), "link", "add", Interface, "type", "veth", "peer", "name", PortOf(host), "netns", SpaceOf(Switch));
            Ip("-n", SpaceOf(host), "address", "add", $"{AddressOf(host)}/24", "dev", Interface);
            Ip("-n", SpaceOf(host), "link", "set", "lo", "up");
            Ip("-n", SpaceOf(host), "link", "set", Interface, "up");
            Ip("-n", SpaceOf(Switch), "link", "set", PortOf(host), "master", Bridge, "up");
        }
    }

    private int NumberOf(string host) => Array.IndexOf(_hosts, host) is >= 0 and var number ? number : throw new ArgumentException($"no host {host}", nameof(host));

    private string PortOf(string host) => string.Create(CultureInfo.InvariantCulture, $"port{NumberOf(host)}");

    private string SpaceOf(string host) => $"{_name}-{host}";
}
