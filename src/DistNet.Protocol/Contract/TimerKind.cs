namespace DistNet.Protocol;

/// <summary>Every timer of every actor. An actor has at most one of each; setting it again moves it.</summary>
public enum TimerKind
{
    /// <summary>Coordinator: the run has made no progress for a while; say whom it waits for.</summary>
    Stall,

    /// <summary>Coordinator: see whether a worker holds up a step that others have done.</summary>
    Late,

    /// <summary>Coordinator: servers, or workers at all, have been missing for as long as the run may wait for them.</summary>
    GiveUp,
}
