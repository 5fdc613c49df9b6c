using DistNet.Numerics;

namespace DistNet.Protocol;

/// <summary>
/// Work that is too long for an actor's turn. The actor owns the order; between start and its answer it is lent to the host, which
/// fills in the results. Only then may the actor read or reuse it.
/// </summary>
public abstract class WorkOrder
{
    /// <summary>Set by the host on a cancel; whoever works looks at it now and then.</summary>
    public CancelFlag Cancelled { get; } = new();
}

/// <summary>
/// Arithmetic on tensors that the order holds. It needs nothing of the host but a thread, is short (well under a millisecond), and
/// others wait for it: hosts carry it out before a <see cref="NetworkWork"/>, and between the parts of one.
/// </summary>
public abstract class TensorWork : WorkOrder
{
    public abstract void Execute();
}

/// <summary>Work on samples with the network; the host has the data.</summary>
public abstract class NetworkWork : WorkOrder
{
    /// <summary>The parameters to compute on: the whole flat vector. Held by the order's actor while the work runs.</summary>
    public TensorSlice Parameters { get; private set; }

    /// <summary>Which parameters they are.</summary>
    public ParametersKey Key { get; private set; }

    /// <summary>Version of the parameters.</summary>
    public long Version => Key.Version;

    /// <summary>When the work was started, by the actor's clock.</summary>
    public TimeSpan StartedAt { get; private set; }

    protected void Prepare(ParametersKey key, TensorSlice parameters, TimeSpan now)
    {
        Cancelled.Clear();
        Key = key;
        Parameters = parameters;
        StartedAt = now;
    }
}

/// <summary>
/// Names the values of a parameter vector: within a run, equal keys are equal bits, so that what is derived from them (packed weights) can
/// be shared by all workers of a process.
/// </summary>
/// <param name="Generation">Generation in force.</param>
/// <param name="Version">Updates in it.</param>
/// <param name="Own">0: the run's parameters; else other weights, such as a lane's own, by a number that no others have.</param>
public readonly record struct ParametersKey(long Generation, long Version, long Own = 0);

/// <summary>What one tree node of a step came to, besides its gradient.</summary>
/// <param name="Loss">Sum over samples, added in the fixed tree.</param>
/// <param name="Samples">Number of samples.</param>
public readonly record struct NodeResult(double Loss, int Samples);

/// <summary>
/// Forward and backward over the rows of consecutive lanes of one global batch. Yields the number of each band of the gradient that is
/// there for every node, those of the last layer first. The host rents a band's memory when it comes to the band; the actor releases it.
/// </summary>
/// <param name="pool">Lends the memory.</param>
/// <param name="bands">Bands of the network.</param>
public class GradientOrder(TensorPool pool, int bands) : NetworkWork
{
    private Tensor?[] _gradients = [];

    /// <summary>Global batch: 0 is the first of the run.</summary>
    public long Step { get; private set; }

    /// <summary>Which of a lane's dispatches this is; 0 where a rule dispatches each unit once.</summary>
    public long Dispatch { get; private set; }

    /// <summary>Consecutive aligned nodes of the tree over lanes.</summary>
    public List<TreeNode> Nodes { get; } = [];

    /// <summary>Filled in by the host before it yields the first band: one for each node.</summary>
    public List<NodeResult> Results { get; } = [];

    /// <summary>
    /// Filled in by the host: the first layer whose output is not finite, or -1. Where there is one, nothing is yielded.
    /// </summary>
    public int NonFiniteLayer { get; set; }

    public void Prepare(long step, long dispatch, ParametersKey key, TensorSlice parameters, TimeSpan now)
    {
        Prepare(key, parameters, now);
        Step = step;
        Dispatch = dispatch;
        NonFiniteLayer = -1;
        Nodes.Clear();
        Results.Clear();
    }

    /// <summary>For the host: memory for a band's gradient, held by the order.</summary>
    public Tensor Rent(int band, int node, int length)
    {
        if (_gradients.Length < bands * Nodes.Count)
        {
            // Before anything was yielded, since nodes do not change while the order is lent.
            _gradients = new Tensor?[bands * Nodes.Count];
        }

        return _gradients[IndexOf(band, node)] = pool.Rent(length);
    }

    /// <summary>The sum over the node's samples; there when the band has been yielded, until it is released.</summary>
    public Tensor Gradient(int band, int node) => _gradients[IndexOf(band, node)]!;

    /// <summary>For the actor: lets go of a band that was yielded.</summary>
    public void Release(int band)
    {
        for (var node = 0; node < Nodes.Count; node++)
        {
            ref var gradient = ref _gradients[IndexOf(band, node)];
            gradient?.Release();
            gradient = null;
        }
    }

    /// <summary>For the actor: lets go of what is left when the host has given the order back.</summary>
    public void ReleaseAll()
    {
        // Cancelled before its first band was rented, an order may cover more nodes than there was ever memory for.
        for (var band = 0; band < bands && _gradients.Length >= bands * Nodes.Count; band++)
        {
            Release(band);
        }
    }

    private int IndexOf(int band, int node) => (band * Nodes.Count) + node;
}

/// <summary>
/// The gradient of a shard at a point near the parameters, for an estimate of the curvature. Carried out like any other, except that nobody waits for
/// it: where time is virtual it takes none.
/// </summary>
/// <param name="pool">Lends the memory.</param>
/// <param name="bands">Bands of the network.</param>
public sealed class CurvatureOrder(TensorPool pool, int bands) : GradientOrder(pool, bands);

/// <summary>Loss and hits on fixed chunks of the test part.</summary>
public sealed class EvaluationOrder : NetworkWork
{
    public List<int> Chunks { get; } = [];

    /// <summary>Filled in by the host: one for each chunk.</summary>
    public List<ChunkScore> Scores { get; } = [];

    public new void Prepare(ParametersKey key, TensorSlice parameters, TimeSpan now)
    {
        base.Prepare(key, parameters, now);
        Chunks.Clear();
        Scores.Clear();
    }
}

/// <summary>Loss sum and number of right answers on one chunk of the test part.</summary>
public readonly record struct ChunkScore(double Loss, int Correct, int Samples);
