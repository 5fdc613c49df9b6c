using DistNet.Reporting;

namespace DistNet.Dashboard.Tests;

public sealed class NodeBookTests
{
    private readonly NodeBook _book = new();
    private DateTimeOffset _now = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_lost_node_is_marked_for_good_and_shown_as_lost_until_it_is_back()
    {
        Take(("worker-0", "computing", 7)).ShouldBeTrue();
        Take(("worker-0", "computing", 7)).ShouldBeFalse("nothing has changed");
        Take(("worker-0", "lost", 7)).ShouldBeTrue();
        Later(60);
        Only.IsLost.ShouldBeTrue();

        Take(("worker-0", "computing", 8)).ShouldBeTrue();

        (Only.IsLost, Only.Losses, Only.Reason, Only.Node.ProcessId).ShouldBe((false, 1, "the connection closed", 8));
    }

    /// <summary>A node that is started again at once would not be seen at all.</summary>
    [Fact]
    public void One_whose_place_another_process_took_at_once_was_lost_too_and_is_shown_so_for_a_moment()
    {
        Take(("worker-0", "computing", 7));
        Take(("worker-0", "starting", 8)).ShouldBeTrue();

        (Only.IsLost, Only.Losses).ShouldBe((true, 1));
        Later(NodeBook.Shown.TotalSeconds);
        (Only.IsLost, Only.Losses).ShouldBe((false, 1));
    }

    [Fact]
    public void One_that_leaves_is_gone_and_not_lost()
    {
        Take(("worker-0", "computing", 7), ("worker-1", "computing", 8));
        Take(("worker-0", "computing", 7)).ShouldBeTrue();
        Take(("worker-0", "computing", 7)).ShouldBeFalse();

        _book.View(_now).Select(node => (node.Node.Name, node.Node.State, node.IsLost)).ShouldBe([("worker-0", "computing", false), ("worker-1", "gone", false)]);
    }

    [Fact]
    public void They_are_in_the_order_of_roles_and_numbers()
    {
        Take(("worker-10", "computing", 1), ("worker-2", "computing", 2), ("server-0", "serving", 3), ("coordinator", "coordinating", 4));

        _book.View(_now).Select(node => node.Node.Name).ShouldBe(["coordinator", "server-0", "worker-2", "worker-10"]);
    }

    private NodeView Only => _book.View(_now).ShouldHaveSingleItem();

    private bool Take(params (string Name, string State, int Process)[] nodes) => _book.Take(
        [.. nodes.Select(node => Told.Node(node.Name, node.State, node.Process, node.State == "lost" ? "the connection closed" : null))], _now);

    private void Later(double seconds) => _now += TimeSpan.FromSeconds(seconds);
}
