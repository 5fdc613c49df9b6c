using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation.Tests;

/// <summary>A simulated disk loses what a real one loses, and keeps what a real one keeps.</summary>
public sealed class SimulatedDiskTests : IDisposable
{
    private readonly SimulatedDisk _disk = new();
    private readonly TensorPool _pool = new();

    public void Dispose()
    {
        _disk.Dispose();
        _pool.Dispose();
    }

    [Fact]
    public void A_torn_record_gives_way_to_the_one_before()
    {
        Write(DurableKey.Record, new CoordinatorRecord(1, 1, [CompleteCut.Start]));
        Write(DurableKey.Record, new CoordinatorRecord(2, 1, [CompleteCut.Start]));

        _disk.Tear(TornItem.Record);

        _disk.Read(DurableKey.Record, _pool).ShouldBeOfType<CoordinatorRecord>().Number.ShouldBe(1);
    }

    /// <summary>What was there under its version may be of a generation that is over: the same version, and other updates.</summary>
    [Fact]
    public void A_torn_cut_is_missing()
    {
        Write(DurableKey.Cut(8), CutWith(samples: 22));
        Write(DurableKey.Cut(8), CutWith(samples: 23));

        _disk.Tear(TornItem.Cut);

        _disk.Read(DurableKey.Cut(8), _pool).ShouldBeNull();
    }

    private void Write(DurableKey key, DurableItem item)
    {
        _disk.EndWrite(_disk.BeginWrite(key, item));
        item.Release();
    }

    private PartitionCut CutWith(long samples)
    {
        var values = _pool.Rent(4);
        values.Span.Clear();
        return new PartitionCut(0, 0, 4, 1, ApplyLog.Empty with { Version = 8, Samples = samples }, values.All, []);
    }
}
