namespace DistNet.Lab;

/// <summary>
/// A question about synchronous and asynchronous training, the simulated runs that answer it, and how their figures are read. Sizes are properties; as they
/// stand a study takes about a minute on two cores.
/// </summary>
public abstract record Study
{
    /// <summary>As behind <c>distnet study</c>.</summary>
    public abstract string Name { get; }

    /// <summary>In one line.</summary>
    public abstract string Question { get; }

    /// <summary>What is run.</summary>
    internal abstract IReadOnlyList<StudyPart> Parts { get; }

    /// <summary>What the figures say; they may say otherwise than expected.</summary>
    /// <param name="tables">Of the parts, in their order.</param>
    internal abstract IEnumerable<StudyFinding> Conclude(IReadOnlyList<StudyTable> tables);
}
