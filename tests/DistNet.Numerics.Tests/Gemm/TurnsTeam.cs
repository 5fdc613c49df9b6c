namespace DistNet.Numerics.Tests;

/// <summary>A team of any size without threads: parts are done last first, each by another member.</summary>
internal sealed class TurnsTeam(int size) : IComputeTeam
{
    public int Size => size;

    public int MostParts { get; private set; }

    public void Run(TeamTask task, int parts)
    {
        MostParts = Math.Max(MostParts, parts);
        for (var part = parts - 1; part >= 0; part--)
        {
            task.Execute(part, part % size);
        }
    }
}
