namespace DistNet.Lab;

/// <summary>How a run of a comparison ended.</summary>
public enum RunOutcome
{
    Completed,

    /// <summary>Its numbers stopped to be finite: a result like any other.</summary>
    Diverged,

    /// <summary>It could not be carried out.</summary>
    Failed,

    /// <summary>It was asked to end.</summary>
    Stopped,
}
