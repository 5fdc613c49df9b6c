namespace DistNet.Hosting;

/// <summary>Where the checkpoints of a run go. Written to by one thread at a time.</summary>
public interface ICheckpoints
{
    /// <summary>Takes the latest checkpoint; what it consists of never changes. What goes wrong fails the run.</summary>
    public void Write(CheckpointContent content);
}
