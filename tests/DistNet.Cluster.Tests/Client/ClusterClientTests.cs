using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DistNet.Cluster.Tests;

/// <summary>What a client makes of a coordinator that is killed, stopped or replaced in the middle of an answer.</summary>
public sealed class ClusterClientTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TcpListener _coordinator = new(IPAddress.Loopback, 0);
    private readonly TemporaryFolder _folder = new();

    public ClusterClientTests() => _coordinator.Start();

    [Fact]
    public async Task An_answer_that_breaks_off_is_a_coordinator_that_is_lost()
    {
        using var client = Connect();
        var asking = client.StatusAsync(default);
        await AnswerAsync(Head(length: 100) + "{\"nodes\":");

        (await Should.ThrowAsync<ClusterUnreachableException>(asking.WaitAsync(Deadline))).Message.ShouldStartWith($"no cluster answers at {Address}: ");
    }

    [Fact]
    public async Task A_refusal_that_breaks_off_is_a_coordinator_that_is_lost()
    {
        using var client = Connect();
        var asking = client.LogAsync("worker-0", default);
        await AnswerAsync(Head(length: 100, status: "404 Not Found") + "{\"lines\":");

        (await Should.ThrowAsync<ClusterUnreachableException>(asking.WaitAsync(Deadline))).Message.ShouldStartWith($"no cluster answers at {Address}: ");
    }

    [Fact]
    public async Task An_answer_that_stops_half_way_is_not_waited_for_for_ever()
    {
        using var client = Connect(TimeSpan.FromSeconds(2));
        var asking = client.StatusAsync(default);
        using var stopped = await BeginToAnswerAsync(Head(length: 100) + "{\"nodes\":");

        (await Should.ThrowAsync<ClusterUnreachableException>(asking.WaitAsync(Deadline))).Message.ShouldStartWith($"the cluster at {Address} does not answer within");
    }

    [Fact]
    public async Task Somebody_elses_answer_is_no_coordinators()
    {
        using var client = Connect();
        var asking = client.StatusAsync(default);
        await AnswerAsync(Head(length: 6) + "<html>");

        (await Should.ThrowAsync<ClusterUnreachableException>(asking.WaitAsync(Deadline))).Message.ShouldBe($"{Address} is no coordinator of a cluster: 200 OK");
    }

    /// <summary>Half a file would pass for a run's.</summary>
    [Fact]
    public async Task A_file_that_breaks_off_is_not_kept()
    {
        using var client = Connect();
        var fetching = client.FetchFolderAsync(_folder.Path, default);
        await AnswerAsync(Head(length: 15) + "[\"weights.npz\"]");
        await AnswerAsync(Head(length: 100) + "PK");

        (await Should.ThrowAsync<ClusterUnreachableException>(fetching.WaitAsync(Deadline))).Message.ShouldStartWith($"the connection to {Address} broke: ");
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_stops_half_way_is_not_waited_for_for_ever()
    {
        using var client = Connect(TimeSpan.FromSeconds(2));
        var fetching = client.FetchFolderAsync(_folder.Path, default);
        await AnswerAsync(Head(length: 15) + "[\"weights.npz\"]");
        using var stopped = await BeginToAnswerAsync(Head(length: 100) + "PK");

        (await Should.ThrowAsync<ClusterUnreachableException>(fetching.WaitAsync(Deadline))).Message.ShouldStartWith($"{Address} has said nothing for");
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    public void Dispose()
    {
        _coordinator.Dispose();
        _folder.Dispose();
    }

    private ClusterAddress Address => new("127.0.0.1", ((IPEndPoint)_coordinator.LocalEndpoint).Port);

    private static string Head(int length, string status = "200 OK") =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n";

    private ClusterClient Connect(TimeSpan? answerLimit = null) =>
        new(Address, new Tls(TlsOptions.None), new JoinToken("token")) { AnswerLimit = answerLimit ?? Deadline };

    private async Task AnswerAsync(string answer) => (await BeginToAnswerAsync(answer)).Dispose();

    /// <summary>What was asked is read first: closing before would be a reset.</summary>
    private async Task<TcpClient> BeginToAnswerAsync(string answer)
    {
        var client = await _coordinator.AcceptTcpClientAsync().WaitAsync(Deadline);
        using var asked = new StreamReader(client.GetStream(), leaveOpen: true);
        while (await asked.ReadLineAsync().WaitAsync(Deadline) is { Length: > 0 })
        {
            // Its head is all of it.
        }

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
        return client;
    }
}
