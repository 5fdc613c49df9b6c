using DistNet.Protocol;

namespace DistNet.Cluster.Tests;

/// <summary>A node that is no more than what runs its actors: it has no planes, and no log.</summary>
internal static class BareParts
{
    public static NodeParts Of(TensorPool pool, IActorRunner runner, Action<Exception> fail) => new()
    {
        Pool = pool,
        Control = null!,
        Data = null!,
        Log = null!,
        Directory = ".",
        Threads = 1,
        Fail = fail,
        Runner = runner,
    };
}
