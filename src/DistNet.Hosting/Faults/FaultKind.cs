namespace DistNet.Hosting;

/// <summary>What can go wrong on purpose; in a file, the name in lower case.</summary>
public enum FaultKind
{
    /// <summary>A node's process ends without a word and is started again.</summary>
    Kill,

    /// <summary>A node stands still for a time, and goes on as if nothing had been.</summary>
    Pause,

    /// <summary>A worker computes slower.</summary>
    Slow,

    /// <summary>A frame is lost, which on a reliable transport means that its connection breaks.</summary>
    Drop,

    /// <summary>Frames arrive later, in order.</summary>
    Delay,

    /// <summary>Frames arrive twice.</summary>
    Duplicate,

    /// <summary>Two groups of nodes cannot reach each other.</summary>
    Partition,

    /// <summary>A byte of a frame is altered on the way; the receiver refuses the frame and the connection ends.</summary>
    Corrupt,

    /// <summary>A node's process ends, and the newest file of a kind that it stored is cut short; then it is started again.</summary>
    Tear,
}

/// <summary>Which of a node's stored items is torn.</summary>
public enum TornItem
{
    /// <summary>The newest cut of a partition.</summary>
    Cut,

    /// <summary>The newest record of the coordinator.</summary>
    Record,
}
