namespace DistNet.Numerics;

/// <summary>Work in parts that may be done in any order and at the same time.</summary>
public abstract class TeamTask
{
    /// <param name="part">From 0 to the number of parts less one; each is done once.</param>
    /// <param name="member">Who does it, 0 to the size of the team less one; a member does one part at a time.</param>
    public abstract void Execute(int part, int member);
}
