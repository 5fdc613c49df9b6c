using DistNet.Actors;
using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>
/// Writes the checkpoints of a simulated run to its real folder, beside the run: simulated disks answer in virtual time, and what is
/// written here changes nothing.
/// </summary>
internal sealed class MirroredCheckpoints : IDisposable
{
    private readonly CheckpointFolder _checkpoints;
    private readonly CheckpointStorage _storage;
    private volatile Exception? _failure;

    public MirroredCheckpoints(RunPlan plan, RunFolder folder)
    {
        _checkpoints = new CheckpointFolder(folder);
        _storage = new CheckpointStorage(plan, _checkpoints, resumed: null, UpdateLogFile.Open(folder.UpdatesPath));
    }

    /// <summary>An actor has stored something.</summary>
    /// <exception cref="TrainingFailedException">An earlier checkpoint could not be written.</exception>
    public void Keep(ActorId actor, DurableKey key, DurableItem item)
    {
        ThrowIfFailed();
        // Servers keep copies of the record; there is one checkpoint.
        if (item is not CoordinatorRecord || actor.Role == Role.Coordinator)
        {
            foreach (var tensor in item.Tensors)
            {
                tensor.Retain();
            }

            _storage.Store(actor, key, item, failed => _failure = failed ?? _failure);
        }
    }

    /// <summary>Waits for what is being written.</summary>
    /// <exception cref="TrainingFailedException">It could not be.</exception>
    public void Finish()
    {
        _storage.Dispose();
        ThrowIfFailed();
    }

    public void Dispose()
    {
        _storage.Dispose();
        _checkpoints.ListMetrics();
    }

    private void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw failure;
        }
    }
}
