using System.Net;
using System.Net.Sockets;

namespace DistNet.Bench;

/// <summary>The other side of <see cref="PlanesBench"/>, in a process of its own: answers on three connections until they close.</summary>
public static class PlanePeer
{
    /// <param name="rawPort">Loopback port of the raw socket.</param>
    /// <param name="dataPort">Of the tensor plane.</param>
    /// <param name="controlPort">Of the control plane.</param>
    public static async Task RunAsync(int rawPort, int dataPort, int controlPort)
    {
        using var raw = new RawLine(Connect(rawPort));
        await using var data = new TensorLine(Connect(dataPort));
        await using var control = new ControlLine(new NetworkStream(Connect(controlPort), ownsSocket: true), echoes: true);
        await Task.WhenAll(Task.Factory.StartNew(raw.Serve, TaskCreationOptions.LongRunning), data.ServeAsync(), control.ServeAsync()).ConfigureAwait(false);
    }

    private static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }
}
