using Google.Protobuf.Collections;

namespace DistNet.Wire;

/// <summary>Lists, without the enumerator that an interface would allocate.</summary>
internal static class Lists
{
    /// <summary>Replaces the entries.</summary>
    public static void Fill<T, TWire>(RepeatedField<TWire> wire, IReadOnlyList<T> items, Func<T, TWire> convert)
    {
        wire.Clear();
        for (var i = 0; i < items.Count; i++)
        {
            wire.Add(convert(items[i]));
        }
    }

    /// <inheritdoc cref="Fill{T, TWire}"/>
    public static void Fill<T>(RepeatedField<T> wire, IReadOnlyList<T> items) => Fill(wire, items, static item => item);

    /// <summary>A list of its own, for the message's receiver to keep.</summary>
    public static T[] Read<TWire, T>(RepeatedField<TWire> wire, Func<TWire, T> convert)
    {
        var items = wire.Count == 0 ? [] : new T[wire.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = convert(wire[i]);
        }

        return items;
    }
}
