using System.Collections;
using System.Globalization;
using System.Text;
using DistNet.Protocol;

namespace DistNet.TestKit;

/// <summary>A value as text in which two values are equal if and only if every bit of them is; records and lists are looked into.</summary>
public static class Bits
{
    public static string Of(Envelope envelope)
    {
        var message = envelope.GetType().GetProperty("Message")!.GetValue(envelope);
        return $"{envelope.From} {envelope.FromIncarnation} {envelope.To} {Of(message)}";
    }

    public static string Of(object? value) => value switch
    {
        null => "null",
        double number => BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture),
        float number => BitConverter.SingleToInt32Bits(number).ToString("x8", CultureInfo.InvariantCulture),
        TensorSlice slice => Convert.ToHexString(slice.Bytes.Span),
        IFormattable plain => plain.ToString(null, CultureInfo.InvariantCulture),
        bool flag => flag.ToString(),
        IEnumerable items => $"[{string.Join(',', items.Cast<object>().Select(Of))}]",
        _ => OfRecord(value),
    };

    private static string OfRecord(object record)
    {
        var text = new StringBuilder(record.GetType().Name);
        var constructor = record.GetType().GetConstructors().MaxBy(each => each.GetParameters().Length);
        foreach (var parameter in constructor?.GetParameters() ?? [])
        {
            text.Append(' ').Append(Of(record.GetType().GetProperty(parameter.Name!)!.GetValue(record)));
        }

        return text.ToString();
    }
}
