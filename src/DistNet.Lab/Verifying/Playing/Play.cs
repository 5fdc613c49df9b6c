using DistNet.Actors;
using DistNet.Learning;
using DistNet.Simulation;

namespace DistNet.Lab;

/// <summary>One run of a rule in the simulator. The unit of time is a second; links cost nothing, and cancelling is immediate.</summary>
/// <param name="Rule">As behind --mode.</param>
/// <param name="Lanes">P; each has a machine of its own.</param>
/// <param name="Updates">Length.</param>
/// <param name="Service">Time of a unit.</param>
internal sealed record Play(string Rule, int Lanes, long Updates, DelayLaw Service)
{
    /// <summary>Only time counts, unless there is a <see cref="Gradient"/>.</summary>
    public Objective Objective { get; init; } = new NoObjective();

    /// <summary>In place of the objective's: the length of the vector and where it begins remain the objective's.</summary>
    public LaneGradient? Gradient { get; init; }

    /// <summary>Learning rate.</summary>
    public double Rate { get; init; } = 0.1;

    public OptimizerSpec Optimizer { get; init; } = new(OptimizerKind.Sgd);

    public CorrectionSpec Correction { get; init; } = CorrectionSpec.None;

    /// <summary>Parameter servers.</summary>
    public int Servers { get; init; } = 1;

    /// <summary>Lanes whose machine takes so many times as long.</summary>
    public IReadOnlyDictionary<int, double> SlowDown { get; init; } = new Dictionary<int, double>();

    /// <summary>Lanes take turns: a unit begins when the one before it is applied.</summary>
    public bool InTurns { get; init; }

    /// <summary>D + Exp(1).</summary>
    public static DelayLaw Shifted(double shift) => DelayLaw.Shifted(TimeSpan.FromSeconds(shift), TimeSpan.FromSeconds(1));

    /// <summary>Always a second.</summary>
    public static DelayLaw Constant => DelayLaw.Constant(TimeSpan.FromSeconds(1));
}

/// <summary>Writes the gradient of one unit.</summary>
/// <param name="step">Global batch.</param>
/// <param name="lane">Whose shard of it.</param>
/// <param name="weights">Where.</param>
/// <param name="gradient">As long as the vector.</param>
internal delegate void LaneGradient(long step, int lane, ReadOnlySpan<float> weights, Span<float> gradient);
