using System.Collections.Concurrent;
using System.Net;
using DistNet.Cluster.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistNet.Cluster.Akka.Tests;

public sealed class ClusterFinderTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentBag<FakeDoor> _doors = [];

    [Fact]
    public async Task A_node_that_is_told_of_no_other_forms_a_cluster() => (await FindAsync("me", [])).ShouldBe(["me"]);

    [Fact]
    public async Task The_first_of_the_list_forms_one_when_most_of_the_list_say_that_there_is_none()
    {
        var (own, other) = (await DoorAsync(0), await DoorAsync(0));

        (await FindAsync(own.System, [own.Address, other.Address, SeatedCluster.NextAddress()])).ShouldBe([own.System]);
    }

    [Fact]
    public async Task Nobody_forms_one_where_there_is_one()
    {
        var (own, other, member) = (await DoorAsync(0), await DoorAsync(0), await DoorAsync(4));

        (await FindAsync(own.System, [own.Address, other.Address, member.Address])).ShouldBe([member.System]);
    }

    [Fact]
    public async Task Nobody_forms_one_where_there_is_one_of_earlier_acquaintances()
    {
        var (own, member) = (await DoorAsync(0), await DoorAsync(4));

        (await FindAsync(own.System, [own.Address], known: member.Address.ToString())).ShouldBe([member.System]);
    }

    [Fact]
    public async Task The_first_of_the_list_forms_none_while_it_does_not_hear_most_of_the_list()
    {
        var own = await DoorAsync(0);
        var later = SeatedCluster.NextAddress();

        await LooksUntilMemberAsync(own.System, own, [own.Address, SeatedCluster.NextAddress(), later], later);
    }

    [Fact]
    public async Task Another_of_the_list_forms_none()
    {
        var (first, own) = (await DoorAsync(0), await DoorAsync(0));
        var later = SeatedCluster.NextAddress();

        await LooksUntilMemberAsync(own.System, own, [first.Address, own.Address, later], later);
    }

    [Fact]
    public async Task A_node_that_cannot_be_the_coordinators_forms_none()
    {
        var first = await DoorAsync(0);
        var later = SeatedCluster.NextAddress();

        await LooksUntilMemberAsync(first.System, first, [first.Address, later], later, mayForm: false);
    }

    [Theory]
    [InlineData(StatusCodes.Status401Unauthorized, "has another token")]
    [InlineData(StatusCodes.Status404NotFound, "runs another control plane")]
    public async Task A_node_that_does_not_belong_there_is_told_so(int code, string expected)
    {
        var door = await DoorAsync(0, code);

        (await Should.ThrowAsync<NodeRefusedException>(() => FindAsync("me", [door.Address]))).Message.ShouldContain(expected);
    }

    [SkippableFact]
    public async Task Nobody_is_the_first_where_its_name_leads_to_several()
    {
        Skip.If((await Dns.GetHostAddressesAsync("localhost")).Length < 2, "localhost leads to one address here");
        var first = await DoorAsync(0);
        await using var second = await FakeDoor.OpenAsync(first.Address with { Host = "::1" }, members: 0);

        var refused = await Should.ThrowAsync<NodeRefusedException>(() => FindAsync(first.System, [first.Address with { Host = "localhost" }]));

        refused.Message.ShouldContain($"localhost:{first.Address.Port} leads to several nodes");
    }

    [Fact]
    public async Task One_member_is_enough_whatever_the_others_say()
    {
        var (stranger, member) = (await DoorAsync(0, StatusCodes.Status401Unauthorized), await DoorAsync(1));

        (await FindAsync("me", [stranger.Address, member.Address])).ShouldBe([member.System]);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var door in _doors)
        {
            await door.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task<FakeDoor> DoorAsync(int members, int code = StatusCodes.Status200OK)
    {
        var door = await FakeDoor.OpenAsync(members, code);
        _doors.Add(door);
        return door;
    }

    /// <summary>It forms none in several rounds, and joins one when there is one.</summary>
    private async Task LooksUntilMemberAsync(string own, FakeDoor asked, ClusterAddress[] join, ClusterAddress later, bool mayForm = true)
    {
        var before = asked.Asked;
        var finding = FindAsync(own, join, mayForm);
        await Eventually.TrueAsync(() => finding.IsCompleted || asked.Asked >= before + 3, Deadline, "several rounds");
        finding.IsCompleted.ShouldBeFalse();

        await using var member = await FakeDoor.ListenAsync(later, app => app.MapGet(AkkaDoor.Path, () => Results.Json(new AkkaDoor("there", 1, 1, Stays: false), FeedLine.Json)));
        (await finding).ShouldBe(["there"]);
    }

    private async Task<IReadOnlyList<string>> FindAsync(string own, ClusterAddress[] join, bool mayForm = true, string? known = null)
    {
        var doors = new KnownDoors(_folder.Path);
        doors.Keep(known is null ? [] : [known]);
        var knocker = new DoorKnocker(new NodeClients(new Tls(TlsOptions.None), new JoinToken("a secret")), resolves: true);
        return await new ClusterFinder(join, doors, knocker, NullLogger.Instance).FindAsync(own, mayForm, default).WaitAsync(Deadline);
    }
}
