namespace DistNet.Wire;

/// <summary>What a check of a message's shape has found so far.</summary>
/// <param name="maxEntries">Limit of list entries.</param>
internal ref struct ShapeCheck(int maxEntries)
{
    private int _entries;

    /// <summary>Whether there was a list, or a field that need not be there.</summary>
    public bool HasOptional { get; private set; }

    /// <exception cref="WireException">More list entries than the limit, or another shape inside.</exception>
    public void Take(FieldShape field, ReadOnlySpan<byte> content)
    {
        HasOptional |= !field.IsRequired;
        if (field.IsRepeated)
        {
            TakeEntries(field, content);
        }

        field.Message?.Check(content, ref this);
    }

    private void TakeEntries(FieldShape field, ReadOnlySpan<byte> content)
    {
        var entries = field.EntriesIn(content);
        if (entries > maxEntries - _entries)
        {
            throw new WireException($"{field.Name}: the message's lists have more entries than the limit, {maxEntries}.");
        }

        _entries += entries;
    }
}
