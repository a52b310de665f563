using FunctionalStack.Cli.Tests.Images;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

/// <summary>Trainings on pictures of different sizes and class sizes.</summary>
public sealed class TrainPicturesTests : TrainFixture
{
    /// <summary>Photographs of different sizes are resized. The model file stores this, and predict resizes too.</summary>
    [Fact]
    public void Pictures_of_any_size_are_resized_to_the_requested_size()
    {
        Stripes.Folders(tool, "pictures", each: 4);
        Stripes.Folders(tool, "large", each: 2, side: 16);
        foreach (var file in Directory.GetFiles(tool.At("large/blot")))
            File.Move(file, tool.At($"pictures/blot/large-{Path.GetFileName(file)}"));
        Directory.Delete(tool.At("large"), recursive: true);
        Assert.Contains("pass --size HxW to resize them", Refused("train --images ./pictures --epochs 1 --batch 7 --model ./m.fstack"));
        Assert.Contains("14 training images of 9x10x1",
            tool.Done("train --images ./pictures --size 9x10 --epochs 1 --batch 7 --model ./m.fstack").Error);
        tool.Done("predict --images ./pictures --model ./m.fstack --out ./p.csv");
        Assert.Equal(14, tool.Table("p.csv")["image"].Count());
        Assert.StartsWith("--size is '9'. Give height x width, each from 1 to 16384, such as 64x64.",
            Refused("train --images ./pictures --size 9 --model ./m.fstack"));
    }

    [Fact]
    public void Patience_uses_the_images_of_a_folder_val()
    {
        Stripes.Folders(tool, "pictures/train", each: 4);
        Stripes.Folders(tool, "pictures/val", each: 2);
        var ran = tool.Done("train --images ./pictures --epochs 2 --batch 6 --patience 1 --model ./m.fstack --json");
        Assert.Contains("12 training images of 8x8x1, 6 validation images, no test images", ran.Error);
        Assert.All(ran.Json.Items("history"), epoch => Assert.True(epoch.TryGetProperty("validationLoss", out _)));
        Assert.Contains("validation examples are given, and the validation share",
            Refused("train --images ./pictures --epochs 2 --batch 6 --validation 0.2 --model ./m.fstack"));
    }

    /// <summary>One class has a tenth of the images. With balancing it has the same weight as the others in the loss.</summary>
    [Fact]
    public void Balance_gives_classes_equal_weight()
    {
        Stripes.Folders(tool, "pictures", each: 10);
        foreach (var i in Enumerable.Range(1, 9)) File.Delete(tool.At($"pictures/blot/0{i}.png"));
        tool.Done("train --images ./pictures --epochs 2 --batch 7 --model ./m.fstack");
        tool.Done("train --images ./pictures --epochs 2 --batch 7 --balance --model ./b.fstack");
        Assert.True(Rare("b.fstack") > Rare("m.fstack"));

        double Rare(string model)
        {
            tool.Done($"predict --images ./pictures --model ./{model} --out ./p.csv --probabilities");
            return tool.Table("p.csv").Numbers("P(blot)").Average();
        }
    }
}
