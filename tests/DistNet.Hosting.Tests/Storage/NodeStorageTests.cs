using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

public sealed class NodeStorageTests : IDisposable
{
    private static readonly float[] Odd = [1, -0f, float.NaN, float.Epsilon, float.NegativeInfinity, -1.5e-30f, 7];
    private static readonly ActorId Server = ActorId.Server(3);

    private readonly TemporaryFolder _folder = new();
    private readonly TensorPool _pool = new(recycle: false);

    public void Dispose()
    {
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_cut_comes_back_bit_by_bit_in_another_life()
    {
        var cut = CutOf(version: 12);
        InOneLife(storage => Put(storage, Server, DurableKey.Cut(12), cut).ShouldBeNull());
        InOneLife(storage =>
        {
            storage.Load(Server, DurableKey.Cut(11), _pool).ShouldBeNull();
            storage.Load(Server, DurableKey.Copy(3, 12), _pool).ShouldBeNull();
            storage.Load(ActorId.Server(2), DurableKey.Cut(12), _pool).ShouldBeNull();
            var read = storage.Load(Server, DurableKey.Cut(12), _pool).ShouldBeOfType<PartitionCut>();
            (read.Partition, read.Offset, read.Length, read.Generation, read.Log).ShouldBe((3, 2048, 5, 7, new ApplyLog(12, 70, 0xFEDC_BA98_7654_3210)));
            read.Slots.Count.ShouldBe(2);
            read.Tensors.ShouldAllBe(values => SameBits(values));
            read.Release();
        });
    }

    [Fact]
    public void Copies_of_several_partitions_lie_side_by_side_and_are_forgotten_apart() => InOneLife(storage =>
    {
        for (var partition = 0; partition < 2; partition++)
        {
            Put(storage, ActorId.Coordinator, DurableKey.Copy(partition, 9), CutOf(9) with { Partition = partition }).ShouldBeNull();
        }

        storage.Forget(ActorId.Coordinator, DurableKey.Copy(0, 9));
        PutRecord(storage, 1);
        storage.Load(ActorId.Coordinator, DurableKey.Copy(0, 9), _pool).ShouldBeNull();
        var left = storage.Load(ActorId.Coordinator, DurableKey.Copy(1, 9), _pool).ShouldBeOfType<PartitionCut>();
        left.Partition.ShouldBe(1);
        left.Release();
    });

    [Fact]
    public void The_last_record_holds_for_the_actor_that_stored_it()
    {
        InOneLife(storage =>
        {
            storage.RecordOf(Server).ShouldBeNull();
            PutRecord(storage, 1);
            PutRecord(storage, 2);
        });
        InOneLife(storage =>
        {
            var record = storage.RecordOf(Server).ShouldNotBeNull();
            (record.Number, record.Generation).ShouldBe((2, 5));
            record.Cuts.Single().LaneClocks.ShouldBe([4, 5]);
            record.Cuts.Single().History.Epochs.ShouldBe([0.1, double.NaN]);
            storage.RecordOf(ActorId.Coordinator).ShouldBeNull();
        });
    }

    [Fact]
    public void One_altered_byte_or_a_missing_end_anywhere_is_found()
    {
        InOneLife(storage =>
        {
            PutRecord(storage, 1);
            PutRecord(storage, 2);
            Put(storage, Server, DurableKey.Cut(12), CutOf(12)).ShouldBeNull();
        });
        Damage("*.cut", (storage, what) => storage.Load(Server, DurableKey.Cut(12), _pool).ShouldBeNull(what));
        Damage("*.record", (storage, what) => storage.RecordOf(Server)!.Number.ShouldBe(1, what));
    }

    [Fact]
    public void The_newest_item_of_a_kind_is_torn_on_purpose_and_gives_way()
    {
        StoredFiles.Tear(_folder.Path, TornItem.Cut).ShouldBeNull();
        InOneLife(storage =>
        {
            PutRecord(storage, 1);
            PutRecord(storage, 2);
            Put(storage, Server, DurableKey.Cut(11), CutOf(11)).ShouldBeNull();
            Put(storage, Server, DurableKey.Cut(12), CutOf(12)).ShouldBeNull();
        });

        Path.GetFileName(StoredFiles.Tear(_folder.Path, TornItem.Cut)).ShouldBe("server-3.v00000012.cut");
        Path.GetFileName(StoredFiles.Tear(_folder.Path, TornItem.Record)).ShouldBe("server-3.record");

        InOneLife(storage =>
        {
            storage.Load(Server, DurableKey.Cut(12), _pool).ShouldBeNull();
            storage.Load(Server, DurableKey.Cut(11), _pool).ShouldNotBeNull().Release();
            storage.RecordOf(Server)!.Number.ShouldBe(1);
        });
    }

    [Fact]
    public void What_cannot_be_written_is_said_and_its_tensors_are_given_back() => InOneLife(storage =>
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "node", "server-3.v00000012.cut"));
        Put(storage, Server, DurableKey.Cut(12), CutOf(12)).ShouldBeOfType<IOException>().Message.ShouldContain("server-3.v00000012.cut");
    });

    /// <summary>Every byte changed in turn, and the file cut at every length; put right afterwards.</summary>
    private void Damage(string pattern, Action<NodeStorage, string> check)
    {
        var path = Directory.GetFiles(Path.Combine(_folder.Path, "node"), pattern).Single();
        var good = File.ReadAllBytes(path);
        InOneLife(storage =>
        {
            for (var at = 0; at < good.Length; at++)
            {
                var bad = good.ToArray();
                bad[at] ^= 1;
                File.WriteAllBytes(path, bad);
                check(storage, $"{pattern} altered at {at}");
                File.WriteAllBytes(path, good[..at]);
                check(storage, $"{pattern} cut at {at}");
            }
        });
        File.WriteAllBytes(path, good);
    }

    private void InOneLife(Action<NodeStorage> use)
    {
        using var storage = new NodeStorage(Path.Combine(_folder.Path, "node"));
        use(storage);
    }

    private static Exception? Put(NodeStorage storage, ActorId actor, DurableKey key, DurableItem item)
    {
        var stored = new TaskCompletionSource<Exception?>();
        storage.Store(actor, key, item, stored.SetResult);
        stored.Task.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        return stored.Task.Result;
    }

    private static void PutRecord(NodeStorage storage, long number)
    {
        var cut = CompleteCut.Start with { Version = 9, LaneClocks = [4, 5], History = new LossHistory([0.1, double.NaN], [], 0, 0) };
        Put(storage, Server, DurableKey.Record, new CoordinatorRecord(number, 5, [cut])).ShouldBeNull();
    }

    private PartitionCut CutOf(long version) =>
        new(3, 2048, 5, 7, new ApplyLog(version, 70, 0xFEDC_BA98_7654_3210), Lease(), [Lease(), Lease()]);

    private TensorSlice Lease()
    {
        var tensor = _pool.Rent(Odd.Length);
        Odd.CopyTo(tensor.Span);
        return tensor.All;
    }

    private static bool SameBits(TensorSlice values) =>
        values.Span.ToArray().Select(BitConverter.SingleToInt32Bits).SequenceEqual(Odd.Select(BitConverter.SingleToInt32Bits));
}
