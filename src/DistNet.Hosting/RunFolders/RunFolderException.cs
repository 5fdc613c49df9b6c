namespace DistNet.Hosting;

/// <summary>A run folder that cannot be used: missing, of another network, altered or damaged. One clear line.</summary>
public sealed class RunFolderException(string message, Exception? inner = null) : Exception(message, inner);
