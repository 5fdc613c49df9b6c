using System.Text.Json;

namespace DistNet.Export.Tests;

/// <summary>All cases, trained and exported once, and what others made of them, asked for once: a process for each of them would take minutes.</summary>
public sealed class ExportedRuns : IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;
    private readonly Lazy<Dictionary<string, ExportedRun>> _runs;
    private readonly Lazy<Dictionary<string, CheckedModel>> _checked;
    private readonly Lazy<Dictionary<string, Predicted>> _onnxRuntime;
    private readonly Lazy<Dictionary<string, Predicted>> _torch;

    public ExportedRuns()
    {
        _runs = new(() => ExportCase.All.Index().ToDictionary(
            pair => pair.Item.Name, pair => new ExportedRun(pair.Item, Path.Combine(_folder, $"{pair.Index}"))));
        _checked = new(() => Ask<CheckedModel>("check_onnx.py", run => run.OnnxPath).ToDictionary(model => model.Name));
        _onnxRuntime = new(() => Ask<Predicted>("run_onnx.js", run => run.OnnxPath).ToDictionary(model => model.Name));
        _torch = new(() => Ask<Predicted>("run_sequential.py", run => run.SafeTensorsPath).ToDictionary(model => model.Name));
    }

    internal ExportedRun Run(string name) => _runs.Value[name];

    internal CheckedModel Checked(string name) => _checked.Value[name];

    internal Predicted InOnnxRuntime(string name) => _onnxRuntime.Value[name];

    internal Predicted InTorch(string name) => _torch.Value[name];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private T[] Ask<T>(string script, Func<ExportedRun, string> model)
    {
        var jobs = _runs.Value.Values.Select(run => new { run.Case.Name, Model = model(run), Samples = run.SamplesPath });
        var (asked, answered) = (Path.Combine(_folder, $"{script}.jobs"), Path.Combine(_folder, $"{script}.results"));
        File.WriteAllText(asked, JsonSerializer.Serialize(jobs, Json));
        Tool.Run(script, asked, answered);
        return JsonSerializer.Deserialize<T[]>(File.ReadAllText(answered), Json)!;
    }
}

/// <summary>What onnx.checker found in a file.</summary>
internal sealed record CheckedModel(
    string Name,
    long IrVersion,
    JsonElement[][] Opset,
    string Producer,
    Dictionary<string, string> Metadata,
    Dictionary<string, JsonElement[]> Inputs,
    Dictionary<string, JsonElement[]> Outputs);

/// <summary>What somebody else's program predicts.</summary>
/// <param name="Name">The case.</param>
/// <param name="Shape">[samples, classes].</param>
/// <param name="Predictions">Row by row.</param>
/// <param name="Labels">Index of each sample's class; null: not told.</param>
/// <param name="Last">The last sample's, predicted alone; null: it was not.</param>
/// <param name="Inputs">Names in the graph.</param>
/// <param name="Outputs">Names in the graph.</param>
/// <param name="Metadata">What the file says of itself.</param>
internal sealed record Predicted(
    string Name, int[] Shape, double[] Predictions, int[]? Labels, double[]? Last, string[]? Inputs, string[]? Outputs, Dictionary<string, string>? Metadata);
