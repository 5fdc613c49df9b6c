namespace DistNet.Hosting;

/// <summary>
/// A run that was asked for rightly and could not be carried to its end, such as a loss that became NaN. The message is
/// one clear line that says where and what to try.
/// </summary>
public sealed class TrainingFailedException(string message, Exception? inner = null) : Exception(message, inner);
