using System.Text.Json;

namespace DistNet.Export.Tests;

/// <summary>All cases, trained and exported once, and what others made of them, asked for once: a process for each of them would take minutes.</summary>
public sealed class ExportedRuns : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Dictionary<string, ExportedRun>> _runs;
    private readonly Lazy<Dictionary<string, CheckedModel>> _checked;
    private readonly Lazy<Dictionary<string, Predicted>> _onnxRuntime;
    private readonly Lazy<Dictionary<string, Predicted>> _torch;

    public ExportedRuns()
    {
        _runs = new(() => ExportCase.All.Index().ToDictionary(
            pair => pair.Item.Name, pair => new ExportedRun(pair.Item, _folder.In($"{pair.Index}"))));
        _checked = new(() => Ask<CheckedModel>("check_onnx.py", run => run.OnnxPath).ToDictionary(model => model.Name));
        _onnxRuntime = new(() => Ask<Predicted>("run_onnx.js", run => run.OnnxPath).ToDictionary(model => model.Name));
        _torch = new(() => Ask<Predicted>("run_sequential.py", run => run.SafeTensorsPath).ToDictionary(model => model.Name));
    }

    internal ExportedRun Run(string name) => _runs.Value[name];

    internal CheckedModel Checked(string name) => _checked.Value[name];

    internal Predicted InOnnxRuntime(string name) => _onnxRuntime.Value[name];

    internal Predicted InTorch(string name) => _torch.Value[name];

    public void Dispose() => _folder.Dispose();

    private T[] Ask<T>(string script, Func<ExportedRun, string> model)
    {
        var jobs = _runs.Value.Values.Select(run => new { run.Case.Name, Model = model(run), Samples = run.SamplesPath });
        var asked = _folder.In($"{script}.jobs");
        File.WriteAllText(asked, JsonSerializer.Serialize(jobs, Answer.Json));
        return Answer.Of<T>(script, _folder.In($"{script}.results"), asked);
    }
}

/// <summary>What a script answers: a JSON array in the last file that it is told of.</summary>
internal static class Answer
{
    public static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static T[] Of<T>(string script, string answered, params string[] arguments)
    {
        Tool.Run(script, [.. arguments, answered]);
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
