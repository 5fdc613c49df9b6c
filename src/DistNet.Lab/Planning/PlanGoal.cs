namespace DistNet.Lab;

/// <summary>What a plan is to make large.</summary>
public enum PlanGoal
{
    /// <summary>Samples applied in a second.</summary>
    Samples,

    /// <summary>Updates in a second.</summary>
    Updates,

    /// <summary>Samples applied in a second for each worker.</summary>
    Efficiency,
}
