namespace DistNet.Hosting;

/// <summary>A known system's settings under a name. They are defaults: any option given overrides its own.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Summary">What it is, in one line.</param>
/// <param name="Options">The settings.</param>
/// <param name="NeedsFolder">Which data folder must be pointed at, and how; null where the data comes with the program.</param>
public sealed record Preset(string Name, string Summary, TrainingOptions Options, string? NeedsFolder = null);
