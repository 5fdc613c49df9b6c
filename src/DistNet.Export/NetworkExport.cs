using DistNet.Hosting;
using Google.Protobuf;
using static System.FormattableString;

namespace DistNet.Export;

/// <summary>Writes a trained network as others read it. The same checkpoint gives the same bytes.</summary>
public static class NetworkExport
{
    /// <summary>A message of protocol buffers has at most 2 GB.</summary>
    private const long MostOnnxParameters = 500_000_000;

    /// <summary>Writes a run's network as its latest good checkpoint has it.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="format">The form.</param>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="replaces">Whether a file that is there already is replaced.</param>
    /// <param name="notice">Told what the user should know of, one line each.</param>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    /// <exception cref="RunFolderException">The run cannot be used.</exception>
    public static ExportReport ToFile(RunFolder folder, ExportFormat format, string path, bool replaces, Action<string> notice)
    {
        RequireFree(path, replaces);
        using var network = TrainedNetwork.Open(folder, notice);
        RequireFits(network, format);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            AtomicFile.Write(path, stream => Write(network, format, stream));
            return new ExportReport(folder.Root, network.Version, format, path, new FileInfo(path).Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output: cannot write {path}: {e.Message}");
        }
    }

    /// <summary>Writes the network.</summary>
    /// <param name="network">Read only.</param>
    /// <param name="format">The form.</param>
    /// <param name="stream">Written to, and left open.</param>
    public static void Write(TrainedNetwork network, ExportFormat format, Stream stream)
    {
        if (format == ExportFormat.Onnx)
        {
            OnnxModel.Of(network).WriteTo(stream);
        }
        else
        {
            SafeTensorsWriter.Write(stream, SequentialWeights.Of(network), SequentialMetadata.Of(network));
        }
    }

    private static void RequireFree(string path, bool replaces)
    {
        if (Directory.Exists(path))
        {
            throw new UsageException($"--output: {path} is a folder, not a file");
        }

        if (!replaces && File.Exists(path))
        {
            throw new UsageException($"--output: {path} is there already; name a new file, or give --force to replace it");
        }
    }

    private static void RequireFits(TrainedNetwork network, ExportFormat format)
    {
        if (format == ExportFormat.Onnx && network.Layout.Length > MostOnnxParameters)
        {
            throw new UsageException(
                Invariant($"--format: an ONNX file holds at most {MostOnnxParameters} parameters, the network has {network.Layout.Length}; give safetensors"));
        }
    }
}

/// <summary>A network that was written.</summary>
/// <param name="Run">Path of the run folder.</param>
/// <param name="Version">Updates in the checkpoint.</param>
/// <param name="Format">The form.</param>
/// <param name="Output">Path of the file.</param>
/// <param name="Bytes">Its length.</param>
public sealed record ExportReport(string Run, long Version, ExportFormat Format, string Output, long Bytes);
