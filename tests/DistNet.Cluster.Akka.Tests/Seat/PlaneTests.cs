using System.Collections.Concurrent;
using DistNet.Protocol;

namespace DistNet.Cluster.Akka.Tests;

/// <summary>Whole control planes, in one process, with real actor systems.</summary>
public sealed class PlaneTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly List<PlaneHost> _hosts = [];
    private readonly ClusterAddress[] _seats = [SeatedCluster.NextAddress(), SeatedCluster.NextAddress()];

    [Fact]
    public async Task The_coordinators_place_is_left_before_it_is_taken_elsewhere()
    {
        var first = await AddAsync("first", Role.Coordinator, _seats[0]);
        await first.Listener.SeenAsync("self");
        var second = await AddAsync("second", Role.Coordinator, _seats[1]);
        var worker = await AddAsync("worker", Role.Worker, SeatedCluster.NextAddress());
        await worker.Listener.SeenAsync("up coordinator");
        first.Listener.Ended = worker.Listener.SeenAsync("down coordinator");

        await first.Plane.LeaveAsync();
        await second.Listener.SeenAsync("self");
        await second.Listener.SeenAsync("up worker-0");
        await worker.Listener.SeenAsync("up coordinator", times: 2);

        _lines.Where(line => line is "first self" or "second self" || line.Contains(" st", StringComparison.Ordinal)).Distinct()
            .ShouldBe(["first self", "first stands down", "first stood down", "second self"]);
        second.Listener.Selves.Single().Life.ShouldBeGreaterThan(first.Listener.Selves.Single().Life);
        worker.Listener.Selves.Count.ShouldBe(1, "a coordinator that moves takes no life");
    }

    [Fact]
    public async Task A_node_that_is_expelled_comes_back_in_a_new_life_and_one_that_leaves_does_not()
    {
        var seat = await AddAsync("seat", Role.Coordinator, _seats[0], _seats[0]);
        var worker = await AddAsync("worker", Role.Worker, SeatedCluster.NextAddress(), _seats[0]);
        await worker.Listener.SeenAsync("up coordinator");
        await seat.Listener.SeenAsync("up worker-0");
        var life = worker.Listener.Selves.Single();
        seat.Listener.Ups.Single().IsSame(life).ShouldBeTrue();

        seat.Plane.Expel(life.Name, life.Life, "a test");
        await worker.Listener.SeenAsync("up coordinator", times: 2);
        worker.Listener.Selves.Last().Life.ShouldBeGreaterThan(life.Life);
        await seat.Listener.SeenAsync("up worker-0", times: 2);
        _lines.ShouldContain("seat down worker-0: a test");
        _lines.ShouldContain("worker down coordinator: a test");

        await worker.Plane.LeaveAsync();
        await seat.Listener.SeenAsync("down worker-0, left");
    }

    /// <summary>Such as a machine that was thought dead, and comes back when another has its number.</summary>
    [Fact]
    public async Task A_node_whose_number_a_newer_process_has_taken_comes_back_with_another()
    {
        var seat = await AddAsync("seat", Role.Coordinator, _seats[0], _seats[0]);
        var first = await AddAsync("first", 0);
        await first.Listener.SeenAsync("up coordinator");

        var second = await AddAsync("second", 0);
        await seat.Listener.SeenAsync("up worker-0", times: 2);
        await seat.Listener.SeenAsync("up worker-1");
        await first.Listener.SeenAsync("up coordinator", times: 2);

        first.Listener.Selves.Last().Name.ShouldBe(ActorId.Worker(1));
        second.Listener.Selves.ShouldHaveSingleItem().Name.ShouldBe(ActorId.Worker(0));
        _lines.ShouldContain("first void");
    }

    [Fact]
    public async Task A_node_that_ends_without_a_word_as_soon_as_it_has_come_is_missed()
    {
        var seat = await AddAsync("seat", Role.Coordinator, _seats[0], _seats[0]);
        var worker = await PlaneHost.StartAsync("worker", Role.Worker, SeatedCluster.NextAddress(), [_seats[0]], _lines);
        await seat.Listener.SeenAsync("up worker-0");

        await worker.DisposeAsync();

        await seat.Listener.SeenAsync("down worker-0: ");
    }

    /// <summary>The coordinator has formed another cluster meanwhile: here a door that says so.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task A_node_without_coordinator_moves_where_that_stays_and_asks_it_over_where_it_does_not(bool hasRun, bool stays)
    {
        var seat = await PlaneHost.StartAsync("seat", Role.Coordinator, _seats[0], [_seats[0]], _lines);
        var worker = await AddAsync("worker", Role.Worker, SeatedCluster.NextAddress(), _seats[0]);
        await worker.Listener.SeenAsync("up coordinator");
        worker.Listener.HasRun = hasRun;
        var incarnation = worker.System;
        await seat.Plane.LeaveAsync();
        await seat.DisposeAsync();
        await using var door = await FakeDoor.OpenAsync(_seats[0], members: 2, stays: stays);

        if (hasRun && !stays)
        {
            await Eventually.TrueAsync(() => door.Invited > 0, TimeSpan.FromSeconds(60), "an invitation");
            incarnation.WhenTerminated.IsCompleted.ShouldBeFalse();
        }
        else
        {
            await incarnation.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(60));
            door.Invited.ShouldBe(0);
        }
    }

    /// <summary>The first of a list of three without its disk: it forms no cluster while it does not hear the others, and those may be gone for good.</summary>
    [Fact]
    public async Task A_node_that_looks_for_a_cluster_is_asked_over_by_those_that_have_a_run()
    {
        var gone = SeatedCluster.NextAddress();
        var seat = await PlaneHost.StartAsync("seat", Role.Coordinator, _seats[0], [_seats[0]], _lines);
        var worker = await PlaneHost.StartAsync("worker", Role.Worker, SeatedCluster.NextAddress(), [_seats[0], _seats[1]], _lines);
        _hosts.Add(worker);
        await worker.Listener.SeenAsync("up coordinator");
        worker.Listener.HasRun = true;
        await seat.Plane.LeaveAsync();
        await seat.DisposeAsync();

        var back = await AddAsync("back", Role.Coordinator, _seats[1], _seats[1], _seats[0], gone);

        await back.Listener.SeenAsync("self");
        await worker.Listener.SeenAsync("up coordinator", times: 2);
        _lines.ShouldNotContain("worker void");
    }

    [Fact]
    public async Task Messages_go_both_ways()
    {
        var seat = await AddAsync("seat", Role.Coordinator, _seats[0], _seats[0]);
        var worker = await AddAsync("worker", Role.Worker, SeatedCluster.NextAddress(), _seats[0]);
        await worker.Listener.SeenAsync("up coordinator");
        await seat.Listener.SeenAsync("up worker-0");
        var self = worker.Listener.Selves.Single();

        worker.Plane.Send(ActorId.Coordinator, Envelope<RunEnded>.Rent(self.Name, self.Life, ActorId.Coordinator, new RunEnded("a run")));
        seat.Plane.Send(self.Name, Envelope<RunEnded>.Rent(ActorId.Coordinator, 1, self.Name, new RunEnded("a run")));

        await seat.Listener.SeenAsync("message of worker-0");
        await worker.Listener.SeenAsync("message of coordinator");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts.AsEnumerable().Reverse())
        {
            await host.DisposeAsync();
        }
    }

    /// <summary>A worker with that number.</summary>
    private async Task<PlaneHost> AddAsync(string name, int index)
    {
        var host = await PlaneHost.StartAsync(name, Role.Worker, SeatedCluster.NextAddress(), [_seats[0]], _lines, index);
        _hosts.Add(host);
        return host;
    }

    private async Task<PlaneHost> AddAsync(string name, Role role, ClusterAddress address, params ClusterAddress[] join)
    {
        var host = await PlaneHost.StartAsync(name, role, address, join.Length == 0 ? [.. _seats.Take(_hosts.Count == 0 ? 1 : 2)] : join, _lines);
        _hosts.Add(host);
        return host;
    }
}
