using Microsoft.Extensions.Logging;

namespace DistNet.Cluster.Tests;

/// <summary>A node in the test's own process.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly LogBuffer _log;
    private bool _isOver;

    private TestNode(Node node, NodeOptions options, LogBuffer log)
    {
        Node = node;
        Options = options;
        _log = log;
    }

    public Node Node { get; }

    public NodeOptions Options { get; }

    public IReadOnlyList<string> Log => _log.Lines;

    /// <summary>Lines that are more than information.</summary>
    public IReadOnlyList<string> Warnings => [.. Log.Where(line => !line.Contains(" information: ", StringComparison.Ordinal))];

    public static async Task<TestNode> StartAsync(NodeOptions options)
    {
        var log = new LogBuffer(TimeProvider.System);
        return new TestNode(await Node.StartAsync(options, log, log.CreateLogger("node")), options, log);
    }

    /// <summary>Ends it in good order.</summary>
    public async Task LeaveAsync()
    {
        await Node.LeaveAsync();
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isOver)
        {
            _isOver = true;
            await Node.DisposeAsync();
        }
    }
}
