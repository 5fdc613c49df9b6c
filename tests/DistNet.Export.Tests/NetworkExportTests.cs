using DistNet.Hosting;

namespace DistNet.Export.Tests;

[Collection(ExportedRunsCollection.Name)]
public sealed class NetworkExportTests(ExportedRuns runs) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ExportFormat.Onnx)]
    [InlineData(ExportFormat.SafeTensors)]
    public void The_same_checkpoint_gives_the_same_bytes(ExportFormat format)
    {
        var run = runs.Run("dropout");

        var report = Export(format, "again");

        report.Bytes.ShouldBe(new FileInfo(report.Output).Length);
        report.Version.ShouldBe(30);
        File.ReadAllBytes(report.Output).ShouldBe(File.ReadAllBytes(format == ExportFormat.Onnx ? run.OnnxPath : run.SafeTensorsPath));
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_only_where_that_is_asked_for()
    {
        var path = _folder.In("network.onnx");
        File.WriteAllText(path, "mine");

        Should.Throw<UsageException>(() => Export(ExportFormat.Onnx, "network.onnx")).Message
            .ShouldBe($"--output: {path} is there already; name a new file, or give --force to replace it");
        File.ReadAllText(path).ShouldBe("mine");

        Export(ExportFormat.Onnx, "network.onnx", replaces: true).Bytes.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_folder_is_made_where_it_is_missing_and_is_no_file()
    {
        Export(ExportFormat.Onnx, Path.Combine("new", "network.onnx")).Bytes.ShouldBeGreaterThan(100);

        Should.Throw<UsageException>(() => Export(ExportFormat.Onnx, "new", replaces: true)).Message.ShouldEndWith("is a folder, not a file");
    }

    [Fact]
    public void Our_own_reader_finds_the_tensors()
    {
        using var file = File.OpenRead(runs.Run("no bias").SafeTensorsPath);

        SafeTensorsReader.Read(file).Keys.Order().ShouldBe(["0.weight", "2.weight", "4.weight"]);
    }

    private ExportReport Export(ExportFormat format, string name, bool replaces = false) =>
        NetworkExport.ToFile(runs.Run("dropout").Folder, format, _folder.In(name), replaces, _ => { });
}
