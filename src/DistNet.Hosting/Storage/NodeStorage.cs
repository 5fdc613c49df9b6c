using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using DistNet.Protocol;
using static System.FormattableString;

namespace DistNet.Hosting;

/// <summary>
/// What the actors of one node keep of one run, in a directory of the node's own: an item is a file, written by one thread in the order of
/// asking. Records keep the one before, to which a damaged one gives way; a damaged cut is missing, and others have a copy.
/// </summary>
public sealed class NodeStorage : IActorStorage
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly string _directory;
    private readonly Channel<Action> _changes = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;
    private UpdateLogFile? _log;

    /// <param name="directory">Made if it is not there.</param>
    public NodeStorage(string directory)
    {
        _directory = Directory.CreateDirectory(directory).FullName;
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>The sequencer's log, where this node keeps it. Not to be read while actors run.</summary>
    public string LogPath => Path.Combine(_directory, $"{ActorId.Sequencer}.{UpdateLogFile.Name}");

    public CoordinatorRecord? RecordOf(ActorId actor)
    {
        var path = PathOf(actor, DurableKey.Record);
        return ReadRecord(path) ?? ReadRecord(Previous(path));
    }

    public void Store(ActorId actor, DurableKey key, DurableItem item, Action<Exception?> stored)
    {
        if (!_changes.Writer.TryWrite(() => Write(PathOf(actor, key), item, stored)))
        {
            item.Release();
        }
    }

    public DurableItem? Load(ActorId actor, DurableKey key, TensorPool pool) =>
        key.Kind == DurableKind.Record ? RecordOf(actor) : CutFile.Read(PathOf(actor, key), pool);

    public void Forget(ActorId actor, DurableKey key) => _changes.Writer.TryWrite(() => File.Delete(PathOf(actor, key)));

    /// <summary>After what was asked for is written.</summary>
    public void Dispose()
    {
        _changes.Writer.Complete();
        _writing.GetAwaiter().GetResult();
        _log?.Dispose();
    }

    private async Task WriteAllAsync()
    {
        await foreach (var change in _changes.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            change();
        }
    }

    private void Write(string path, DurableItem item, Action<Exception?> stored)
    {
        Exception? problem = null;
        try
        {
            switch (item)
            {
                case PartitionCut cut:
                    CutFile.Write(path, cut);
                    break;
                case LogSegment segment:
                    (_log ??= UpdateLogFile.Open(path)).Append(segment);
                    break;
                default:
                    WriteRecord(path, (CoordinatorRecord)item);
                    break;
            }
        }
        catch (Exception e)
        {
            problem = new IOException($"Cannot store {path}: {e.Message}", e);
        }
        finally
        {
            item.Release();
        }

        stored(problem);
    }

    private static void WriteRecord(string path, CoordinatorRecord record)
    {
        if (ReadRecord(path) is not null)
        {
            File.Move(path, Previous(path), overwrite: true);
        }

        var stored = new StoredRecord(record.Number, record.Generation, record.Cuts);
        SealedFile.Write(path, stream => JsonSerializer.Serialize(stream, stored, Json));
    }

    private static CoordinatorRecord? ReadRecord(string path)
    {
        using var content = SealedFile.Read(path);
        var stored = content is null ? null : JsonSerializer.Deserialize<StoredRecord>(content, Json);
        return stored is null ? null : new CoordinatorRecord(stored.Number, stored.Generation, stored.Cuts);
    }

    private static string Previous(string path) => path + ".previous";

    private string PathOf(ActorId actor, DurableKey key) => Path.Combine(_directory, key.Kind switch
    {
        DurableKind.Record => $"{actor}{StoredFiles.Record}",
        DurableKind.Log => LogPath,
        DurableKind.Cut => Invariant($"{actor}.v{key.Version:D8}{StoredFiles.Cut}"),
        _ => Invariant($"{actor}.partition-{key.Partition}.v{key.Version:D8}{StoredFiles.Cut}"),
    });

    /// <summary>The values of a record, without what every durable item has.</summary>
    private sealed record StoredRecord(long Number, long Generation, IReadOnlyList<CompleteCut> Cuts);
}
