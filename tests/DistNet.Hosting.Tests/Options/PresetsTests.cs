using DistNet.Learning;

namespace DistNet.Hosting.Tests;

public sealed class PresetsTests
{
    public static TheoryData<string> Names => [.. Presets.All.Select(preset => preset.Name)];

    [Fact]
    public void All_systems_the_project_came_from_are_there() => Presets.All.Select(preset => preset.Name).ShouldBe(
        [
            "xor-table", "perceptron-multiclass", "relu-euclid", "relu-softmax", "logistic-cats", "shallow-cats", "deep-cats",
            "softmax-28x28", "relu-28x28", "cancer-deep",
        ]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_is_valid_once_its_folder_is_given_and_says_so_before(string name)
    {
        var preset = Presets.Find(name, out _)!;

        TrainingOptionsValidator.Validate(preset.Options).Count.ShouldBe(preset.NeedsFolder is null ? 0 : 1);
        TrainingOptionsValidator.Validate(preset.Options with { Data = "idx:folder" }).ShouldBeEmpty();
    }

    [Fact]
    public void A_program_gets_their_settings_by_name_and_is_told_of_a_wrong_one()
    {
        Presets.OptionsOf("cancer-deep").ShouldSatisfyAllConditions(
            options => options.Preset.ShouldBe("cancer-deep"),
            options => options.Hidden.ShouldBe([20, 10, 5]));
        Should.Throw<UsageException>(() => Presets.OptionsOf("cancer-depe")).Message.ShouldEndWith("did you mean cancer-deep?");
    }

    [Fact]
    public void Softmax_on_28x28_pictures_has_7850_parameters()
    {
        var pictures = new DataSetInfo("pictures", 784, [.. Enumerable.Range(0, 10).Select(i => $"{i}")], [28, 28], 255);

        new ParameterLayout(NetworkBuilder.Build(Presets.Find("softmax-28x28", out _)!.Options, pictures)).Length.ShouldBe(7850);
    }

    [Fact]
    public void Xor_table_is_3_4_1_sigmoid_units_without_bias()
    {
        var options = Presets.Find("xor-table", out _)!.Options;
        var network = NetworkBuilder.Build(options, new DataSetInfo("xor-table", 3, ["0", "1"], [3]));

        network.Layers.ShouldBe([new DenseSpec(4, Activation.Sigmoid, HasBias: false), new DenseSpec(1, Activation.Sigmoid, HasBias: false)]);
        network.Loss.ShouldBe(new LossSpec(LossKind.SquaredError, Reduction.Sum));
        NetworkBuilder.Describe(options, network).ShouldBe("3-4-1, sigmoid, squared");
    }
}
