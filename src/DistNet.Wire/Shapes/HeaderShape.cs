namespace DistNet.Wire;

/// <summary>Where the parts of a checked header are.</summary>
/// <param name="Number">The body's field number.</param>
/// <param name="RouteBytes">Length of what comes before the body: sender and receiver.</param>
/// <param name="BodyOffset">Where the body's content begins; it goes to the header's end.</param>
/// <param name="HasOptional">Whether the body has lists, or fields that need not be there.</param>
internal readonly record struct HeaderParts(int Number, int RouteBytes, int BodyOffset, bool HasOptional);

/// <summary>Checks a header: sender, receiver and then exactly one body.</summary>
internal static class HeaderShape
{
    private static readonly MessageShape Shape = MessageShape.Of(V1.Header.Descriptor);

    /// <exception cref="WireException">The bytes are no header, or over the limit of list entries.</exception>
    public static HeaderParts Check(ReadOnlySpan<byte> header, FrameLimits limits)
    {
        var route = new ShapeCheck(maxEntries: 0);
        var fields = new FieldCursor(Shape, header);
        var before = 0;
        while (fields.MoveNext())
        {
            if (!fields.Current.IsRequired)
            {
                return PartsOf(header, fields, before, limits);
            }

            route.Take(fields.Current, fields.Content);
            before = header.Length - fields.Left;
        }

        throw new WireException("A header has no body.");
    }

    private static HeaderParts PartsOf(ReadOnlySpan<byte> header, FieldCursor fields, int before, FrameLimits limits)
    {
        var content = fields.Content;
        var parts = new HeaderParts(fields.Number, before, header.Length - content.Length, HasOptional: false);
        if (fields.Left > 0)
        {
            throw new WireException("A header goes on after its body.");
        }

        // The end is where the cursor sees that nothing is missing.
        fields.MoveNext();
        var body = new ShapeCheck(limits.MaxListEntries);
        fields.Current.Message!.Check(content, ref body);
        return parts with { HasOptional = body.HasOptional };
    }
}
