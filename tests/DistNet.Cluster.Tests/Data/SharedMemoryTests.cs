using System.Diagnostics;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster.Tests;

/// <summary>Tensors that another process holds. The other is this one too, but where its end is what matters.</summary>
public sealed class SharedMemoryTests : IDisposable
{
    private readonly SharedMemory _memory;
    private readonly TensorPool _pool;

    public SharedMemoryTests()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "memory is shared on Linux only");
        _memory = SharedMemory.TryCreate().ShouldNotBeNull();
        _pool = new TensorPool(memory: _memory);
    }

    public void Dispose() => _pool?.Dispose();

    [SkippableFact]
    public void Both_see_the_same_values()
    {
        var theirs = PeerMemory.TryMap(_memory.Offer).ShouldNotBeNull();
        var tensor = Filled(1000);
        _memory.TryLend(tensor.All.Slice(10, 500), Environment.ProcessId, out var place).ShouldBeTrue();

        var seen = theirs.Take(place);

        seen.Span.ToArray().ShouldBe(tensor.Span.Slice(10, 500).ToArray());
        seen.Span[3] = -1;
        tensor.Span[13].ShouldBe(-1);
        seen.Release();
        tensor.Release();
    }

    [SkippableFact]
    public void A_tensor_is_not_used_again_before_its_holder_has_released_it()
    {
        var theirs = PeerMemory.TryMap(_memory.Offer).ShouldNotBeNull();
        var tensor = Filled(64);
        _memory.TryLend(tensor.All, Environment.ProcessId, out var place).ShouldBeTrue();
        var seen = theirs.Take(place);
        tensor.Release();

        // The link ends, and with it whatever could be said; the holder goes on.
        theirs.Close();
        _memory.OnLinkEnded(Environment.ProcessId);
        Fresh(64).ShouldNotBeSameAs(tensor);
        seen.Span[63].ShouldBe(63);
        _memory.Lent.ShouldBe(1);

        seen.Release();
        _memory.TakeBack();
        _memory.Lent.ShouldBe(0);
        Fresh(64).ShouldBeSameAs(tensor);
    }

    [SkippableFact]
    public void What_a_process_held_that_has_ended_comes_back()
    {
        using var other = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true })!;
        var tensor = Filled(64);
        _memory.TryLend(tensor.All, other.Id, out _).ShouldBeTrue();
        tensor.Release();
        _memory.OnLinkEnded(other.Id);
        _memory.Lent.ShouldBe(1, "it is silent, but may still write");

        other.Kill();
        other.WaitForExit();
        _memory.TakeBack();

        _memory.Lent.ShouldBe(0);
        _pool.Outstanding.ShouldBe(0);
    }

    [SkippableFact]
    public void A_process_that_holds_much_is_lent_no_more_and_others_are()
    {
        const int Large = 40 << 20;
        var tensor = _pool.Rent(Large);
        _memory.TryLend(tensor.All, 1, out _).ShouldBeTrue();
        _memory.TryLend(tensor.All, 1, out _).ShouldBeFalse("160 of 256 MB are held");
        _memory.TryLend(tensor.All.Slice(0, 1 << 20), 1, out _).ShouldBeTrue();
        _memory.TryLend(tensor.All, 2, out _).ShouldBeTrue();
    }

    [SkippableFact]
    public void One_tensor_larger_than_that_is_lent()
    {
        var tensor = _pool.Rent(100 << 20);
        _memory.TryLend(tensor.All, 1, out _).ShouldBeTrue();
    }

    [SkippableFact]
    public void A_tensor_of_the_heap_is_not_lent()
    {
        using var heap = new TensorPool();
        var tensor = heap.Rent(10);
        _memory.TryLend(tensor.All, Environment.ProcessId, out _).ShouldBeFalse();
        tensor.Release();
    }

    [SkippableTheory]
    [InlineData(-4, 10, 0)]
    [InlineData(0, 10, 0)]
    [InlineData(70_001, 10, 0)]
    [InlineData(long.MaxValue - 3, 10, 0)]
    [InlineData((64L << 30) - 36, 10, 0)]
    [InlineData(70_000, 0, 0)]
    [InlineData(70_000, 1L << 40, 0)]
    [InlineData(70_000, 10, -1)]
    [InlineData(70_000, 10, 1 << 16)]
    public void A_place_that_there_is_not_is_refused(long offset, long length, long slot)
    {
        var theirs = PeerMemory.TryMap(_memory.Offer).ShouldNotBeNull();
        Should.Throw<WireException>(() => theirs.Take(new TensorPlace(offset, length, slot)));
        theirs.Close();
    }

    [SkippableFact]
    public void Memory_that_is_not_what_was_offered_is_not_mapped()
    {
        PeerMemory.TryMap(_memory.Offer with { Mark = new string('0', 64) }).ShouldBeNull();
        PeerMemory.TryMap(_memory.Offer with { Bytes = 1 << 20 }).ShouldBeNull();
        PeerMemory.TryMap(_memory.Offer with { Descriptor = 1_000_000 }).ShouldBeNull();
        PeerMemory.TryMap(_memory.Offer with { ProcessId = int.MaxValue }).ShouldBeNull();
    }

    /// <summary>Whoever reads a file that is cut short under him dies of it.</summary>
    [SkippableFact]
    public void A_file_that_could_be_cut_short_is_not_mapped()
    {
        var path = Path.GetTempFileName();
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1, FileOptions.DeleteOnClose);
        file.SetLength(1 << 20);
        AnonymousFile.TryOpen(Environment.ProcessId, (int)file.SafeFileHandle.DangerousGetHandle(), 1 << 20).ShouldBeNull();
    }

    private Tensor Filled(int length)
    {
        var tensor = _pool.Rent(length);
        for (var i = 0; i < length; i++)
        {
            tensor.Span[i] = i;
        }

        return tensor;
    }

    private Tensor Fresh(int length)
    {
        var tensor = _pool.Rent(length);
        tensor.Release();
        return tensor;
    }
}
