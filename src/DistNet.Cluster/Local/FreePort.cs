using System.Net;
using System.Net.Sockets;

namespace DistNet.Cluster;

/// <summary>
/// A port of this machine that nobody listens on. Somebody may take it before it is used; then the one who wanted it says so.
/// </summary>
internal static class FreePort
{
    /// <summary>Pairs are looked for so often; on a machine with that many ports in use there is none to be had.</summary>
    private const int Attempts = 100;

    public static int Find()
    {
        using var listener = Listen(0);
        return PortOf(listener);
    }

    /// <summary>A port of which the next one is free too.</summary>
    public static int FindPair()
    {
        for (var attempt = 0; ; attempt++)
        {
            using var first = Listen(0);
            try
            {
                using var second = Listen(PortOf(first) + 1);
                return PortOf(first);
            }
            catch (SocketException) when (attempt < Attempts)
            {
                // Another one, then.
            }
        }
    }

    private static TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
