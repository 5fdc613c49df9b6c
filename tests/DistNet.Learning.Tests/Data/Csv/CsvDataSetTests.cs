namespace DistNet.Learning.Tests;

public sealed class CsvDataSetTests
{
    [Fact]
    public void Numbers_without_a_header_have_the_class_last()
    {
        var data = Read("1,2.5,0\n-3,4e1,2\n");
        data.Info.Features.ShouldBe(2);
        data.Values.ShouldBe([1, 2.5f, -3, 40]);
        data.Labels.ShouldBe([0, 2]);
        data.Info.ClassNames.ShouldBe(["0", "1", "2"]);
    }

    [Theory]
    [InlineData("width,height,kind\n1,2,0\n3,4,1\n")]
    [InlineData("width,height,kind\r\n1,2,0\r\n\r\n3,4,1")]
    [InlineData("\"width\", height ,kind\n 1 ,\"2\",0\n3,4,1.0\n")]
    [InlineData("0,1,kind\n1,2,0\n3,4,1\n")]
    public void A_header_is_found(string text)
    {
        var data = Read(text);
        data.Values.ShouldBe([1, 2, 3, 4]);
        data.Labels.ShouldBe([0, 1]);
    }

    [Fact]
    public void Classes_in_words_are_numbered_in_ordinal_order_and_are_no_header()
    {
        var data = Read("1,virginica\n2,Setosa\n3,setosa\n4,virginica\n");
        data.Info.ClassNames.ShouldBe(["Setosa", "setosa", "virginica"]);
        data.Labels.ShouldBe([2, 0, 1, 2]);
    }

    [Fact]
    public void Negative_classes_are_names()
    {
        var data = Read("1,1\n2,-1\n3,1\n");
        data.Info.ClassNames.ShouldBe(["-1", "1"]);
        data.Labels.ShouldBe([1, 0, 1]);
    }

    [Theory]
    [InlineData("kind")]
    [InlineData("0")]
    public void The_class_column_is_given_by_name_or_index(string label)
    {
        var data = Read("kind,a,b\n1,10,20\n0,30,40\n", new CsvOptions(Label: label));
        data.Labels.ShouldBe([1, 0]);
        data.Values.ShouldBe([10, 20, 30, 40]);
    }

    [Fact]
    public void A_header_can_be_said_to_be_there_or_not()
    {
        Read("1,2,0\n3,4,1\n", new CsvOptions(Header: true)).Values.ShouldBe([3, 4]);
        Read("1,2,a\n3,4,1\n", new CsvOptions(Header: false)).Values.ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void Known_classes_keep_their_numbers()
    {
        var options = new CsvOptions(ClassNames: ["cat", "dog", "owl"]);
        Read("1,owl\n2,dog\n", options).Labels.ShouldBe([2, 1]);
        Read("1,2\n2,0\n", options).Labels.ShouldBe([2, 0]);
        Message("1,cat\n2,cow\n", options).ShouldBe("x.csv: line 2, column 2: unknown class 'cow'; expected one of cat, dog, owl");
        Message("1,0\n2,3\n", options).ShouldContain("unknown class '3'");
    }

    [Fact]
    public void A_table_of_features_only_can_be_read()
    {
        var data = Read("a,b\n1,2\n3,4\n", new CsvOptions(HasLabel: false, ClassNames: ["no", "yes"]));
        data.Values.ShouldBe([1, 2, 3, 4]);
        data.Labels.ShouldBe([0, 0]);
        data.Info.Classes.ShouldBe(2);
    }

    [Theory]
    [InlineData("1,2\n3,4\n")]
    [InlineData("a,b,kind\n1,2,\n3,4,0.5\n")]
    public void To_predict_a_class_is_passed_over_unread(string text)
    {
        var data = ReadUnlabelled(text);
        data.Values.ShouldBe([1, 2, 3, 4]);
        data.Labels.ShouldBe([0, 0]);
        data.Info.ClassNames.ShouldBe(["no", "yes"]);
    }

    [Theory]
    [InlineData("1\n", "x.csv: line 1 has 1 columns; expected the 2 features, alone or with a class")]
    [InlineData("1,2,3,4\n", "x.csv: line 1 has 4 columns; expected the 2 features, alone or with a class")]
    [InlineData("a,b\n", "x.csv: has a header but no samples; expected one sample a line after it")]
    public void To_predict_a_table_has_the_features(string text, string message) =>
        Should.Throw<DataFormatException>(() => ReadUnlabelled(text)).Message.ShouldBe(message);

    [Theory]
    [InlineData("", "x.csv: is empty; expected one sample a line")]
    [InlineData("a,b\n", "x.csv: has a header but no samples; expected one sample a line after it")]
    [InlineData("1,2,0\n3,4\n", "x.csv: line 2 has 2 columns; expected 3 as in the first line")]
    [InlineData("1,2,0\n\n3,four,1\n", "x.csv: line 3, column 2: 'four' is not a finite number")]
    [InlineData("a,b,c\n1,2,0\n3,,1\n", "x.csv: line 3, column 2 (b): '' is not a finite number")]
    [InlineData("1,nan,0\n", "x.csv: line 1, column 2: 'nan' is not a finite number")]
    [InlineData("1,2,0\n1,Infinity,0\n", "x.csv: line 2, column 2: 'Infinity' is not a finite number")]
    [InlineData("1,1e99,0\n", "x.csv: line 1, column 2: '1e99' is not a finite number")]
    [InlineData("1,0\n2,0.5\n", "x.csv: line 2, column 2: '0.5' is no class; expected a word or a whole number from 0 to 65535")]
    [InlineData("1,0\n2,\n", "x.csv: line 2, column 2: '' is no class; expected a word or a whole number from 0 to 65535")]
    [InlineData("1,0\n2,65536\n", "x.csv: line 2, column 2: '65536' is no class; expected a word or a whole number from 0 to 65535")]
    [InlineData("1\n2\n", "x.csv: line 1 has one column; expected features and a class, separated by commas")]
    [InlineData("1,0\n2,a\"b\n", "x.csv: line 2 is not CSV: a quote is out of place")]
    public void Mistakes_are_named_by_line_and_column(string text, string message) => Message(text).ShouldBe(message);

    [Theory]
    [InlineData("specis", "x.csv: has no column 'specis' for the class; did you mean 'species'?")]
    [InlineData("colour", "x.csv: has no column 'colour' for the class; give its name in the header or its index from 0")]
    [InlineData("3", "x.csv: has no column 3 for the class; expected 0 to 2")]
    public void An_unknown_class_column_is_refused_with_the_nearest_name(string label, string message) =>
        Message("width,height,species\n1,2,0\n", new CsvOptions(Label: label)).ShouldBe(message);

    private static string Message(string text, CsvOptions? options = null) =>
        Should.Throw<DataFormatException>(() => Read(text, options)).Message;

    private static DataSet ReadUnlabelled(string text) =>
        CsvDataSet.ReadUnlabelled(new StringReader(text), "x.csv", "x", features: 2, new CsvOptions(ClassNames: ["no", "yes"]));

    private static DataSet Read(string text, CsvOptions? options = null) =>
        CsvDataSet.Read(new StringReader(text), "x.csv", "x", options ?? new CsvOptions());
}
