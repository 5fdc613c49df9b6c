using System.Net;
using System.Net.Sockets;

namespace DistNet.Cluster;

/// <summary>
/// A port of this machine that nobody listens on. Somebody may take it before it is used; then the one who wanted it says so.
/// </summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
