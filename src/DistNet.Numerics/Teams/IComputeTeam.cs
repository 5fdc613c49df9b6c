namespace DistNet.Numerics;

/// <summary>Who computes the parts of one task together. Hosts bring the threads; nothing here starts any.</summary>
public interface IComputeTeam
{
    /// <summary>How many parts may be computed at the same time.</summary>
    public int Size { get; }

    /// <summary>Returns when all parts are done; one task at a time. What a part throws reaches the caller.</summary>
    public void Run(TeamTask task, int parts);
}
