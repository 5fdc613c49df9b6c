using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>Where a host keeps what its actors store.</summary>
public interface IActorStorage : IDisposable
{
    /// <summary>The coordinator's record that an earlier life of this actor stored last; null: none.</summary>
    public CoordinatorRecord? RecordOf(ActorId actor);

    /// <summary>
    /// Makes the item durable and then calls <paramref name="stored"/>, on any thread. Tensors in the item are the storage's to
    /// release. What goes wrong is given to <paramref name="stored"/>.
    /// </summary>
    public void Store(ActorId actor, DurableKey key, DurableItem item, Action<Exception?> stored);

    /// <summary>The item, with tensors from the pool that the caller releases; null: none.</summary>
    public DurableItem? Load(ActorId actor, DurableKey key, TensorPool pool);

    /// <summary>The item is not needed any more.</summary>
    public void Forget(ActorId actor, DurableKey key);
}
