using System.Globalization;

namespace DistNet.Simulation;

/// <summary>Delay laws as people write them.</summary>
public static class DelayLawText
{
    /// <summary>All forms in one line.</summary>
    public const string Forms =
        "constant:10ms, exp:MEAN, shifted:LEAST+MEAN, pareto:LEAST,ALPHA, lognormal:MEAN,SIGMA, trace:FILE or trace-in-order:FILE";

    /// <summary>The law that the text names; a time alone is constant. Reads the file of a trace.</summary>
    /// <exception cref="FormatException">It names none; the message says what is wrong, such as "is none of ...".</exception>
    public static DelayLaw Parse(string text) => text.Split(':', 2) switch
    {
        ["constant", var time] => new ConstantDelay(Duration.Parse(time)),
        ["exp", var mean] => new ExponentialDelay(Duration.Parse(mean)),
        ["shifted", var sum] when sum.Split('+') is [var least, var mean] => new ShiftedDelay(Duration.Parse(least), Duration.Parse(mean)),
        ["pareto", var list] when list.Split(',') is [var least, var alpha] => new ParetoDelay(PositiveTime(least), Positive(alpha, "alpha")),
        ["lognormal", var list] when list.Split(',') is [var mean, var sigma] => new LognormalDelay(PositiveTime(mean), Positive(sigma, "sigma")),
        ["trace", not ""] => RecordedTimes.Read(text[6..], inOrder: false),
        ["trace-in-order", not ""] => RecordedTimes.Read(text[15..], inOrder: true),
        [var time] when time.Length > 0 && (char.IsAsciiDigit(time[0]) || time[0] == '.') => new ConstantDelay(Duration.Parse(time)),
        _ => throw new FormatException($"is none of {Forms}"),
    };

    private static TimeSpan PositiveTime(string text) =>
        Duration.Parse(text) is var time && time > TimeSpan.Zero ? time : throw new FormatException("has a time of 0 where one above 0 is needed");

    private static double Positive(string text, string what) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 && double.IsFinite(value)
            ? value
            : throw new FormatException($"has '{text}' for {what}, which is not a number above 0");
}
