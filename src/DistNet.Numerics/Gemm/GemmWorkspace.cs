namespace DistNet.Numerics;

/// <summary>
/// What products need besides their operands: a team, a kernel, and packing memory for each member. The memory grows to what the
/// largest product needs and is then reused, so that a training step allocates nothing. One product at a time.
/// </summary>
public sealed class GemmWorkspace : IDisposable
{
    private readonly GemmScratch[] _scratch;

    /// <summary>For the calling thread alone.</summary>
    public GemmWorkspace()
        : this(ComputeTeam.Alone)
    {
    }

    public GemmWorkspace(IComputeTeam team)
        : this(team, GemmKernel.Default)
    {
    }

    /// <summary>With a kernel of the caller's choice, for tests and benchmarks: the bits are equal.</summary>
    public GemmWorkspace(IComputeTeam team, GemmKernel kernel)
    {
        Team = team;
        Kernel = kernel;
        _scratch = new GemmScratch[team.Size];
        for (var i = 0; i < _scratch.Length; i++)
        {
            _scratch[i] = new GemmScratch();
        }

        ProductTask = new ProductTask(this);
        LaneTask = new LaneTask(this);
    }

    public IComputeTeam Team { get; }

    public GemmKernel Kernel { get; }

    internal ProductTask ProductTask { get; }

    internal LaneTask LaneTask { get; }

    public void Dispose() => Array.ForEach(_scratch, scratch => scratch.Dispose());

    internal GemmScratch Scratch(int member) => _scratch[member];
}
