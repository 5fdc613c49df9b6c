namespace DistNet.Hosting;

/// <summary>How the result is printed.</summary>
public enum OutputFormat
{
    Text,
    Json,
}
