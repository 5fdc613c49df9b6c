namespace DistNet.Export;

/// <summary>Forms in which a trained network leaves the program.</summary>
public enum ExportFormat
{
    /// <summary>A graph that computes what <c>distnet predict</c> prints from unscaled features.</summary>
    Onnx,

    /// <summary>Weights under the names of PyTorch's nn.Sequential, with the rest in the file's metadata.</summary>
    SafeTensors,
}
