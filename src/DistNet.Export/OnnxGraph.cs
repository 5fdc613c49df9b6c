using System.Runtime.InteropServices;
using DistNet.Export.Onnx;
using Google.Protobuf;

namespace DistNet.Export;

/// <summary>Puts a graph together. Values are known by their names; a node's name is that of its result.</summary>
internal sealed class OnnxGraph(string name)
{
    /// <summary>Stands for the number of samples, which is the caller's choice.</summary>
    private const string Batch = "batch";

    private readonly GraphProto _graph = new() { Name = name };

    public GraphProto Build() => _graph;

    /// <summary>float [batch, columns].</summary>
    public string Input(string name, string about, long columns)
    {
        _graph.Input.Add(Value(name, about, TensorProto.Types.DataType.Float, columns));
        return name;
    }

    /// <summary>Names a value that the caller gets: [batch, columns], or [batch] without columns.</summary>
    public void Output(string name, string about, TensorProto.Types.DataType type, params ReadOnlySpan<long> columns) =>
        _graph.Output.Add(Value(name, about, type, columns));

    /// <summary>Adds a node with one result.</summary>
    public string Add(string operation, string result, params ReadOnlySpan<string> inputs) => Add(operation, result, [], inputs);

    /// <summary>The same with attributes.</summary>
    public string Add(string operation, string result, IEnumerable<AttributeProto> attributes, params ReadOnlySpan<string> inputs)
    {
        var node = new NodeProto { Name = result, OpType = operation, Output = { result } };
        node.Input.AddRange(inputs.ToArray());
        node.Attribute.AddRange(attributes);
        _graph.Node.Add(node);
        return result;
    }

    public string Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Constant(name, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(values), shape);

    public string Constant(string name, ReadOnlySpan<double> values, params ReadOnlySpan<long> shape) =>
        Constant(name, TensorProto.Types.DataType.Double, MemoryMarshal.AsBytes(values), shape);

    public string Constant(string name, ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) =>
        Constant(name, TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(values), shape);

    /// <summary>A number that goes with any shape.</summary>
    public string Number(string name, float value) => Constant(name, [value]);

    public static AttributeProto Real(string name, float value) =>
        new() { Name = name, F = value, Type = AttributeProto.Types.AttributeType.Float };

    public static AttributeProto Whole(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    private string Constant(string name, TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<long> shape)
    {
        var tensor = new TensorProto { Name = name, DataType = type, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.AddRange(shape.ToArray());
        _graph.Initializer.Add(tensor);
        return name;
    }

    private static ValueInfoProto Value(string name, string about, TensorProto.Types.DataType type, params ReadOnlySpan<long> columns)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = Batch } } };
        shape.Dim.AddRange(columns.ToArray().Select(length => new TensorShapeProto.Types.Dimension { DimValue = length }));
        return new ValueInfoProto
        {
            Name = name,
            DocString = about,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type, Shape = shape } },
        };
    }
}
