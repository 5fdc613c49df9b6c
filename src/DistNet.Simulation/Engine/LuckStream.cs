using DistNet.Numerics;

namespace DistNet.Simulation;

/// <summary>Draws in a row from one key. What is drawn depends on the key and on how often was drawn before, on nothing else.</summary>
public sealed class LuckStream(LuckKey key)
{
    private ulong _next;

    public double Uniform() => key.Uniform(_next++);

    public bool Chance(double probability) => probability > 0 && Uniform() < probability;

    public int Below(int bound) => key.Below(_next++, bound);

    /// <summary>The next time by a law.</summary>
    public TimeSpan Time(DelayLaw law) => law.IsZero ? TimeSpan.Zero : law.Draw(key, _next++);
}
