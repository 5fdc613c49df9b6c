namespace DistNet.Cluster.Tests;

public sealed class RunJournalTests : IDisposable
{
    private static readonly RunJournal Some = new(7, """{"Run":"some"}""", "/runs/some", "other: done");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        RunJournal.Read(_folder.Path).ShouldBe(RunJournal.Empty);

        Some.Write(_folder.Path);

        RunJournal.Read(_folder.Path).ShouldBe(Some);
    }

    [Fact]
    public void One_that_is_torn_anywhere_is_as_if_it_were_not_there()
    {
        Some.Write(_folder.Path);
        var path = Directory.EnumerateFiles(_folder.Path).ShouldHaveSingleItem();
        var whole = File.ReadAllBytes(path);

        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            RunJournal.Read(_folder.Path).ShouldBe(RunJournal.Empty, $"{length} of {whole.Length} bytes");
        }
    }

    public void Dispose() => _folder.Dispose();
}
