namespace DistNet.Numerics;

/// <summary>Teams without threads.</summary>
public static class ComputeTeam
{
    /// <summary>The caller alone, one part after the other.</summary>
    public static IComputeTeam Alone { get; } = new Caller();

    private sealed class Caller : IComputeTeam
    {
        public int Size => 1;

        public void Run(TeamTask task, int parts)
        {
            for (var part = 0; part < parts; part++)
            {
                task.Execute(part, 0);
            }
        }
    }
}
