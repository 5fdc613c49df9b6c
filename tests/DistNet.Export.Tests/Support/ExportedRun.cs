using System.Globalization;
using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Export.Tests;

/// <summary>A run of a few steps, its exports, and what <c>distnet predict</c> says of its whole test part.</summary>
internal sealed class ExportedRun
{
    private readonly string _folder;

    public ExportedRun(ExportCase of, string folder)
    {
        Case = of;
        _folder = Directory.CreateDirectory(folder).FullName;
        var result = TrainingSession.RunAsync(of.Options with { Out = Path.Combine(folder, "run"), Workers = 1, Threads = 1 }, Unwatched.Instance, CancellationToken.None)
            .GetAwaiter().GetResult();
        Folder = RunFolder.Open(result.Run);
        WeightsSha256 = result.WeightsSha256;
        WriteSamples(DataLoader.LoadUnscaled(of.Options).Test!);
        Predictions = Inference.Predict(Folder, SamplesPath, _ => { });
        NetworkExport.ToFile(Folder, ExportFormat.Onnx, OnnxPath, replaces: false, _ => { });
        NetworkExport.ToFile(Folder, ExportFormat.SafeTensors, SafeTensorsPath, replaces: false, _ => { });
    }

    public ExportCase Case { get; }

    public RunFolder Folder { get; }

    public string WeightsSha256 { get; }

    public PredictionTable Predictions { get; }

    public string SamplesPath => Path.Combine(_folder, "samples.csv");

    public string OnnxPath => Path.Combine(_folder, "network.onnx");

    public string SafeTensorsPath => Path.Combine(_folder, "network.safetensors");

    /// <summary>Unscaled, without labels.</summary>
    private void WriteSamples(DataSet test) => File.WriteAllLines(
        SamplesPath,
        Enumerable.Range(0, test.Count).Select(row => string.Join(',', test.Row(row).ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)))));
}
