using System.Net;
using System.Net.Sockets;
using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>Which of this machine's addresses another one sees.</summary>
public static class RouteTo
{
    /// <summary>The address from which this machine would reach the other; sends nothing.</summary>
    /// <exception cref="UsageException">There is no way to it.</exception>
    public static string Find(ClusterAddress other)
    {
        try
        {
            using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(other.Host, Math.Max(1, other.Port));
            var local = ((IPEndPoint)socket.LocalEndPoint!).Address;
            return (local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local).ToString();
        }
        catch (SocketException e)
        {
            throw new UsageException($"--join: there is no way to {other}: {e.Message}");
        }
    }
}
