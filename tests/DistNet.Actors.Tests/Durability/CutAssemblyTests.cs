using DistNet.Protocol;

namespace DistNet.Actors.Tests;

public sealed class CutAssemblyTests
{
    private readonly TensorPool _pool = new(recycle: false);
    private readonly CutAssembly _assembly = new(new Partition(0, 0, 4, 1024));

    [Fact]
    public void Parts_in_any_order_and_twice_make_one_cut()
    {
        Add(version: 3, part: 1).ShouldBeNull();
        Add(version: 3, part: 1).ShouldBeNull();
        var cut = Add(version: 3, part: 0).ShouldNotBeNull();
        (cut.Log.Version, cut.Generation, cut.Slots.Count).ShouldBe((3, 7, 1));
        Add(version: 3, part: 0).ShouldBeNull();
        _pool.Outstanding.ShouldBe(2);
        cut.Release();
        _pool.Outstanding.ShouldBe(0);
    }

    [Fact]
    public void Late_parts_of_an_older_cut_do_not_displace_a_newer_one()
    {
        Add(version: 3, part: 0).ShouldBeNull();
        Add(version: 5, part: 0).ShouldBeNull();
        Add(version: 3, part: 1).ShouldBeNull();
        _pool.Outstanding.ShouldBe(1);
        Add(version: 5, part: 1).ShouldNotBeNull().Log.Version.ShouldBe(5);
    }

    [Fact]
    public void After_a_reset_an_older_cut_may_come()
    {
        Add(version: 5, part: 0).ShouldBeNull();
        _assembly.Reset();
        _pool.Outstanding.ShouldBe(0);
        Add(version: 3, part: 0).ShouldBeNull();
        Add(version: 3, part: 1).ShouldNotBeNull();
    }

    private PartitionCut? Add(long version, int part) =>
        _assembly.Add(new CutPart(1, 0, ApplyLog.Empty with { Version = version }, part, 2, _pool.Rent(8).All), generation: 7);
}
