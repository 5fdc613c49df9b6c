using System.Globalization;
using System.Xml.Linq;

namespace DistNet.Reporting.Tests;

/// <summary>A chart as a file of its own: with its style sheet, its legend and a ground to stand on, since who shows it may be dark where its reader is not.</summary>
internal static class SvgFile
{
    private const double Margin = 12;
    private const double Head = 54;
    private const double LegendLine = 34;

    /// <summary>Pages give charts their font; a file has none but its own.</summary>
    private const string OwnStyle = "svg { font-family: system-ui, sans-serif; } .ground { fill: var(--paper); } .chart text.title { font-size: 14px; font-weight: 600; }\n";

    private static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    /// <param name="figure">The text of a chart.</param>
    public static string Of(string figure)
    {
        var chart = XElement.Parse(figure.Replace("&nbsp;", " ", StringComparison.Ordinal));
        var drawing = chart.Elements("svg").Single();
        var box = drawing.Attribute("viewBox")!.Value.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        var (width, height) = (box[2] + (2 * Margin), box[3] + Head + Margin);
        var title = chart.Element("figcaption")!.Value;
        var file = new XElement(
            "svg",
            Sized(width, height),
            new XAttribute("viewBox", $"0 0 {Svg.N(width)} {Svg.N(height)}"),
            new XAttribute("class", "chart"),
            new XAttribute("role", "img"),
            new XElement("title", title),
            new XElement("style", OwnStyle + ChartStyles.Css),
            new XElement("rect", new XAttribute("class", "ground"), Sized(width, height)),
            Text(title, Margin, 19, "title"),
            Legend(chart),
            new XElement("svg", Placed(Margin, Head), Sized(box[2], box[3]), Drawn(drawing)));
        return InNamespace(file).ToString().ReplaceLineEndings("\n") + "\n";
    }

    private static IEnumerable<XElement> Legend(XElement chart)
    {
        var x = Margin;
        foreach (var entry in chart.Elements("ul").Elements("li"))
        {
            yield return new XElement("svg", Placed(x, LegendLine), Sized(18, 12), entry.Element("svg")!.Elements());
            yield return Text(entry.Value.Trim(), x + 23, LegendLine + 10, "note");
            x += 23 + Svg.WidthOf(entry.Value.Trim()) + 14;
        }
    }

    /// <summary>Without what is told on pointing at it: pictures in pages are not pointed at.</summary>
    private static IEnumerable<XElement> Drawn(XElement drawing)
    {
        drawing.Descendants("title").Remove();
        return drawing.Elements();
    }

    private static XElement Text(string text, double x, double y, string kind) => new("text", Placed(x, y), new XAttribute("class", kind), text);

    private static XAttribute[] Placed(double x, double y) => [new("x", Svg.N(x)), new("y", Svg.N(y))];

    private static XAttribute[] Sized(double width, double height) => [new("width", Svg.N(width)), new("height", Svg.N(height))];

    private static XElement InNamespace(XElement file)
    {
        foreach (var element in file.DescendantsAndSelf())
        {
            element.Name = Namespace + element.Name.LocalName;
        }

        return file;
    }
}
