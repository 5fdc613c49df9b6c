using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DistNet.Bench;

/// <summary>
/// The two planes between two processes of this machine: the tensor plane against a raw socket that moves the same bytes, and round
/// trips on the control plane, on a quiet machine and while tensors flow.
/// </summary>
public static class PlanesBench
{
    /// <summary>One frame of the one-way measurement.</summary>
    public const int OneWayBytes = 1 << 20;

    /// <summary>Parameters of the network 784-512-256-10, as bytes.</summary>
    public const int ExchangeBytes = 535_818 * sizeof(float);

    /// <summary>Gradients travel in chunks of at most this.</summary>
    private const int ChunkLength = 64 * 1024;

    private const int FramesInFlight = 16;

    /// <param name="options">What to measure.</param>
    /// <param name="progress">Told in a few words what comes next.</param>
    /// <param name="stop">Ends the measurement between two parts.</param>
    public static async Task<PlanesBenchReport> RunAsync(PlanesBenchOptions options, Action<string> progress, CancellationToken stop)
    {
        using var rawPort = Listen();
        using var dataPort = Listen();
        using var controlPort = Listen();
        using var peer = Start(options.PeerCommand, rawPort, dataPort, controlPort);
        using var raw = new RawLine(await AcceptAsync(rawPort, stop).ConfigureAwait(false));
        await using var data = new TensorLine(await AcceptAsync(dataPort, stop).ConfigureAwait(false));
        await using var control = new ControlLine(new NetworkStream(await AcceptAsync(controlPort, stop).ConfigureAwait(false), ownsSocket: true), echoes: false);
        progress("1 MB one way");
        var oneWay = Compare(options.Measure, () => OneWay(data), () => raw.Ask((long)FramesInFlight * OneWayBytes, 1), (double)FramesInFlight * OneWayBytes);
        stop.ThrowIfCancellationRequested();
        progress("2.14 MB each way");
        var exchange = Compare(options.Measure, () => Exchange(data), () => raw.Ask(ExchangeBytes, ExchangeBytes), 2.0 * ExchangeBytes);
        stop.ThrowIfCancellationRequested();
        progress("control round trips");
        var idle = control.Measure(options.RoundTrips);
        return new PlanesBenchReport(MachineReport.OfThis(), options.Measure, oneWay, exchange, idle, MeasureLoaded(data, control, options.RoundTrips));
    }

    private static void OneWay(TensorLine data) => data.Ask(FramesInFlight, OneWayBytes / sizeof(float), 1);

    /// <summary>As a step does it: the gradient in chunks, the parameters in one.</summary>
    private static void Exchange(TensorLine data) =>
        data.Ask((ExchangeBytes / sizeof(float)) / ChunkLength, ChunkLength, ExchangeBytes / sizeof(float));

    private static PlaneResult Compare(MeasureOptions measure, Action plane, Action raw, double bytes)
    {
        var result = Interleaved.Run([new Side("plane", operations => Time(plane, operations)), new Side("raw", operations => Time(raw, operations))], measure);
        return new PlaneResult(result.Rate("plane", bytes), result.Rate("raw", bytes), result.TimeRatio("raw", "plane"));
    }

    private static double Time(Action action, int operations)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < operations; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static RoundTrips MeasureLoaded(TensorLine data, ControlLine control, int count)
    {
        var isOver = false;
        var load = Task.Factory.StartNew(
            () =>
            {
                while (!Volatile.Read(ref isOver))
                {
                    Exchange(data);
                }
            },
            TaskCreationOptions.LongRunning);
        var result = control.Measure(count);
        Volatile.Write(ref isOver, true);
        load.Wait();
        return result;
    }

    private static Socket Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(1);
        return socket;
    }

    private static async Task<Socket> AcceptAsync(Socket listener, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var socket = await listener.AcceptAsync(limit.Token).ConfigureAwait(false);
        socket.NoDelay = true;
        return socket;
    }

    private static Process Start(IReadOnlyList<string> command, params Socket[] listeners)
    {
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture));
        return Process.Start(new ProcessStartInfo(command[0], command.Skip(1).Concat(ports)))!;
    }
}
