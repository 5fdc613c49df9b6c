using System.Security.Cryptography;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// updates.log: what the sequencer decided, segment after segment. A segment is its length in bytes, its content (<see cref="LogSegmentCodec"/>) and the
/// SHA-256 of that. What is torn or altered ends the file; a generation that begins truncates it. Not for several threads.
/// </summary>
public sealed class UpdateLogFile : IDisposable
{
    public const string Name = "updates.log";

    private const int LongestSegment = 1 << 24;

    private readonly FileStream _stream;
    private readonly List<(long ToVersion, long End)> _segments = [];

    private UpdateLogFile(FileStream stream) => _stream = stream;

    /// <summary>Opens the file to go on with it, or makes it.</summary>
    public static UpdateLogFile Open(string path)
    {
        var file = new UpdateLogFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        foreach (var (segment, end) in ReadAll(file._stream))
        {
            file._segments.Add((segment.ToVersion, end));
        }

        return file;
    }

    /// <summary>The segments of a file, in order; none where there is no file.</summary>
    public static IReadOnlyList<LogSegment> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var stream = File.OpenRead(path);
        return [.. ReadAll(stream).Select(static entry => entry.Segment)];
    }

    /// <summary>Puts the segment behind those that it goes on from, and returns when it is on the disk; later ones are void.</summary>
    public void Append(LogSegment segment)
    {
        while (_segments.Count > 0 && _segments[^1].ToVersion > segment.FromVersion)
        {
            _segments.RemoveAt(_segments.Count - 1);
        }

        var content = LogSegmentCodec.Encode(segment);
        _stream.SetLength(_segments.Count == 0 ? 0 : _segments[^1].End);
        _stream.Seek(0, SeekOrigin.End);
        _stream.Write(BitConverter.GetBytes(content.Length));
        _stream.Write(content);
        _stream.Write(SHA256.HashData(content));
        _stream.Flush(flushToDisk: true);
        _segments.Add((segment.ToVersion, _stream.Position));
    }

    public void Dispose() => _stream.Dispose();

    private static IEnumerable<(LogSegment Segment, long End)> ReadAll(FileStream stream)
    {
        var number = new byte[sizeof(int)];
        var seal = new byte[SHA256.HashSizeInBytes];
        while (stream.ReadAtLeast(number, number.Length, throwOnEndOfStream: false) == number.Length)
        {
            var length = BitConverter.ToInt32(number);
            var content = new byte[length is > 0 and <= LongestSegment ? length : 0];
            if (content.Length == 0
                || stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) < content.Length
                || stream.ReadAtLeast(seal, seal.Length, throwOnEndOfStream: false) < seal.Length
                || !SHA256.HashData(content).AsSpan().SequenceEqual(seal))
            {
                yield break;
            }

            yield return (LogSegmentCodec.Decode(content), stream.Position);
        }
    }
}
