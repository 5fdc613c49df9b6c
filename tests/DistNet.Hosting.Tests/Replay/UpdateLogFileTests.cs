using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

public sealed class UpdateLogFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string LogPath => _folder.File("updates.log");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_appended_is_read_back()
    {
        Append(Segment(0, 0), Segment(0, 3), Segment(3, 5));
        UpdateLogFile.Read(LogPath).Select(segment => (segment.FromVersion, segment.ToVersion)).ShouldBe([(0, 0), (0, 3), (3, 5)]);
        UpdateLogFile.Read(LogPath)[1].Units.ShouldBe(Segment(0, 3).Units);
        UpdateLogFile.Read(LogPath)[2].Phase.ShouldBe(new RulePhase(1, 2, 7));
    }

    [Fact]
    public void A_generation_that_begins_makes_later_segments_void_also_after_the_file_was_closed()
    {
        Append(Segment(0, 3), Segment(3, 5), Segment(5, 9));
        Append(Segment(3, 3), Segment(3, 4));
        UpdateLogFile.Read(LogPath).Select(segment => segment.ToVersion).ShouldBe([3, 3, 4]);
    }

    [Fact]
    public void A_file_that_is_torn_anywhere_gives_the_whole_segments_before()
    {
        Append(Segment(0, 3), Segment(3, 5));
        var bytes = File.ReadAllBytes(LogPath);
        Append(Segment(0, 0), Segment(0, 3));
        var first = (int)new FileInfo(LogPath).Length - (int)LengthOf(Segment(0, 0));
        for (var length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(LogPath, bytes[..length]);
            UpdateLogFile.Read(LogPath).Count.ShouldBe(length < first ? 0 : 1, $"{length} of {bytes.Length} bytes");
        }
    }

    [Fact]
    public void A_unit_takes_at_most_64_bytes() =>
        ((LengthOf(Segment(0, 1000)) - LengthOf(Segment(0, 0))) / 1000.0).ShouldBeLessThanOrEqualTo(64);

    private long LengthOf(LogSegment segment)
    {
        var path = _folder.File("length.log");
        File.Delete(path);
        using (var file = UpdateLogFile.Open(path))
        {
            file.Append(segment);
        }

        return new FileInfo(path).Length;
    }

    private void Append(params LogSegment[] segments)
    {
        using var file = UpdateLogFile.Open(LogPath);
        Array.ForEach(segments, file.Append);
    }

    private static LogSegment Segment(long from, long to) => new(
        4,
        new RulePhase(1, 2, 7),
        from,
        to,
        [.. Enumerable.Range(0, (int)(to - from)).Select(i => new UnitRecord(from + i + 1, i % 3, 7 + i, from, 7, 16, 0.5f))]);
}
