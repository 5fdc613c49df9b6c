using DistNet.Protocol;

namespace DistNet.Cluster.Tests;

public sealed class LinkQueueTests : IDisposable
{
    private const int Length = 10;
    private const int Bytes = Length * sizeof(float);

    private readonly TensorPool _pool = new(recycle: false);

    [Fact]
    public void Messages_leave_in_the_order_they_came()
    {
        using var queue = new LinkQueue(4 * Bytes);
        var added = Enumerable.Range(1, 4).Select(i => Parameters(i)).ToArray();

        foreach (var envelope in added)
        {
            queue.TryAdd(envelope).ShouldBeTrue();
        }

        queue.Bytes.ShouldBe(4 * Bytes);
        TakeAll(queue).ShouldBe([1, 2, 3, 4]);
        queue.Bytes.ShouldBe(0);
    }

    [Fact]
    public void More_bytes_than_the_limit_do_not_wait()
    {
        using var queue = new LinkQueue(2 * Bytes);
        queue.TryAdd(Push()).ShouldBeTrue();
        queue.TryAdd(Push()).ShouldBeTrue();

        queue.TryAdd(Push()).ShouldBeFalse();

        queue.Bytes.ShouldBe(2 * Bytes);
        _pool.Outstanding.ShouldBe(2);
    }

    [Fact]
    public void A_queue_that_is_full_lets_superseded_parameters_go_and_keeps_the_two_newest()
    {
        using var queue = new LinkQueue(4 * Bytes);
        Add(queue, 1, 2, 3, 4);

        Add(queue, 5);

        TakeAll(queue).ShouldBe([4, 5]);
        _pool.Outstanding.ShouldBe(0);
    }

    [Fact]
    public void Nothing_is_let_go_while_there_is_room()
    {
        using var queue = new LinkQueue(5 * Bytes);

        Add(queue, 1, 2, 3, 4, 5);

        TakeAll(queue).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public void Starts_and_what_is_to_be_evaluated_stay()
    {
        using var queue = new LinkQueue(4 * Bytes);
        queue.TryAdd(Parameters(1, starts: [new LaneStart(0, 0, 0, default, 0)])).ShouldBeTrue();
        queue.TryAdd(Parameters(2, forEvaluation: true)).ShouldBeTrue();
        queue.TryAdd(Parameters(3)).ShouldBeTrue();
        queue.TryAdd(Parameters(4)).ShouldBeTrue();

        Add(queue, 9);

        TakeAll(queue).ShouldBe([1, 2, 9]);
    }

    [Fact]
    public void Other_partitions_generations_and_workers_stay()
    {
        using var queue = new LinkQueue(4 * Bytes);
        queue.TryAdd(Parameters(1, partition: 1)).ShouldBeTrue();
        queue.TryAdd(Parameters(2, generation: 1)).ShouldBeTrue();
        queue.TryAdd(Parameters(3, worker: 1)).ShouldBeTrue();
        queue.TryAdd(Parameters(4)).ShouldBeTrue();

        Add(queue, 9);

        TakeAll(queue).ShouldBe([1, 2, 3, 9]);
    }

    [Fact]
    public void Gradients_make_no_parameters_go()
    {
        using var queue = new LinkQueue(3 * Bytes);
        Add(queue, 1, 2, 3);

        queue.TryAdd(Push()).ShouldBeFalse();

        TakeAll(queue).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void One_that_is_closed_has_and_takes_nothing()
    {
        using var queue = new LinkQueue(4 * Bytes);
        Add(queue, 1, 2);

        queue.Close();

        queue.TryAdd(Parameters(3)).ShouldBeFalse();
        queue.TryTake(out _, out _).ShouldBeFalse();
        queue.Bytes.ShouldBe(0);
        _pool.Outstanding.ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_waits_hears_of_the_first_message()
    {
        using var queue = new LinkQueue(4 * Bytes);
        var waiting = Task.Run(() => queue.Wait(default));
        waiting.IsCompleted.ShouldBeFalse();

        Add(queue, 1);

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        TakeAll(queue).ShouldBe([1]);
    }

    public void Dispose()
    {
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
    }

    private void Add(LinkQueue queue, params long[] versions) =>
        Array.ForEach(versions, version => queue.TryAdd(Parameters(version)).ShouldBeTrue());

    private static List<long> TakeAll(LinkQueue queue)
    {
        var versions = new List<long>();
        while (queue.TryTake(out var envelope, out _))
        {
            versions.Add(((Envelope<Parameters>)envelope).Message.Version);
            LinkQueue.Discard(envelope);
        }

        return versions;
    }

    private Envelope Parameters(
        long version, int partition = 0, long generation = 0, int worker = 0, IReadOnlyList<LaneStart>? starts = null, bool forEvaluation = false) =>
        Envelope<Parameters>.Rent(
            ActorId.Server(partition),
            1,
            ActorId.Worker(worker),
            new Parameters(generation, version, 0, partition, default, _pool.Rent(Length).All, starts, forEvaluation));

    private Envelope Push() => Envelope<Push>.Rent(
        ActorId.Worker(0), 1, ActorId.Server(0), new Push(0, 0, Numerics.TreeNode.Leaf(0), 0, 0, 0, 1, 0, _pool.Rent(Length).All));
}
