using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.TestKit;

/// <summary>Keeps nothing: for runs that begin at the start and in which nothing dies, so that nothing is read back.</summary>
public sealed class ForgetfulStorage : IActorStorage
{
    public CoordinatorRecord? RecordOf(ActorId actor) => null;

    public void Store(ActorId actor, DurableKey key, DurableItem item, Action<Exception?> stored)
    {
        item.Release();
        stored(null);
    }

    public DurableItem? Load(ActorId actor, DurableKey key, TensorPool pool) => null;

    public void Forget(ActorId actor, DurableKey key)
    {
    }

    public void Dispose()
    {
    }
}
