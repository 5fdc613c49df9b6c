namespace DistNet.Protocol;

/// <summary>
/// The stretch of a run under one update rule. It begins at a cut, with a new generation: optimiser state stays, the state of lanes starts anew.
/// </summary>
/// <param name="Number">Which of the run's rules is in force, from 0.</param>
/// <param name="FirstVersion">Updates applied when it began.</param>
/// <param name="FirstStep">Global batch that every lane began with.</param>
public readonly record struct RulePhase(int Number, long FirstVersion, long FirstStep);
