using System.Text.Json;
using FunctionalStack.Laws;
using FunctionalStack.Cli.Tests.Images;
using FunctionalStack.IO;
using FunctionalStack.Neural;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public sealed class TrainCommandTests : TrainFixture
{
    [Fact]
    public void Json_is_one_object_of_the_documented_fields()
    {
        Stripes.Idx(tool, "img");
        var ran = tool.Done($"{Short} --seed 5 --backend host --json");
        var json = ran.Json;
        Assert.Equal(
            ["command", "model", "backend", "device", "parameters", "trainable", "images", "classes", "seed", "epoch", "moments",
                "history", "test", "testWithPopulationMoments", "seconds"],
            json.Keys());
        Assert.Equal(("train", "host", 60, 5, 2), (Text("command"), Text("backend"), Number("images"), Number("seed"), Number("epoch")));
        Assert.Equal(["0", "1", "2"], json.Texts("classes"));
        var plan = ReferenceNetwork.For(new(8, 8, 1), 3).Check().OrThrow();
        Assert.Equal((plan.ParameterCount + plan.MomentCount, plan.ParameterCount), (Number("parameters"), Number("trainable")));
        Assert.Equal(2, json.Items("history").Length);
        Assert.All(json.Items("history"),
            epoch => Assert.Equal(["epoch", "loss", "accuracy", "testLoss", "testAccuracy", "imagesPerSecond"], epoch.Keys()));
        Assert.Equal("population", Text("moments"));
        Assert.Equal(json.Items("history")[1].GetProperty("testLoss").GetDouble(),
            json.GetProperty("testWithPopulationMoments").GetProperty("loss").GetDouble());
        Assert.Equal(["loss", "accuracy"], json.GetProperty("testWithPopulationMoments").Keys());
        Assert.Matches(
            @"img: 60 training images of 8x8x1, 30 test images; 3 classes; on host \(.+\)\nepoch 1/2: loss \d\.\d{4}, accuracy \d\.\d{4}, test loss .+ images/s\nepoch 2/2: ", ran.Error);

        string Text(string field) => json.GetProperty(field).GetString()!;

        int Number(string field) => json.GetProperty(field).GetInt32();
    }

    [Fact]
    public void Text_lists_each_epoch_and_the_test_scores_with_both_statistics()
    {
        Stripes.Idx(tool, "img");
        var ran = tool.Done(Short);
        Assert.Matches(@"test images, moving averages:    loss \d+\.\d{4}, accuracy \d+\.\d\d%\n", ran.Output);
        Assert.Matches(@"test images, population moments: loss \d+\.\d{4}, accuracy \d+\.\d\d%\n", ran.Output);
        Assert.Contains("images/s", ran.Output);
        Stripes.Idx(tool, "bare", test: 0);
        var untested = tool.Done("train --images ./bare --epochs 1 --batch 10 --model ./m.fstack --json").Json;
        Assert.Equal(JsonValueKind.Null, untested.GetProperty("test").ValueKind);
        Assert.Equal(JsonValueKind.Null, untested.GetProperty("testWithPopulationMoments").ValueKind);
    }

    /// <summary>The classes differ in most pixels, so any working training separates them. Moving averages would need some hundred
    /// steps.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(" --optimizer adamw")]
    [InlineData(" --optimizer rmsprop")]
    [InlineData(" --optimizer sgd --rate 0.1")]
    [InlineData(" --optimizer momentum")]
    [InlineData(" --optimizer nesterov --rate 0.02")]
    public void A_net_learns(string how)
    {
        Stripes.Idx(tool, "img");
        var test = tool.Done($"train --images ./img --epochs 4 --batch 10 --model ./m.fstack --json{how}").Json;
        Assert.Equal(1, test.GetProperty("testWithPopulationMoments").GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public void A_model_uses_the_requested_moments()
    {
        Stripes.Idx(tool, "img");
        var json = tool.Done("train --images ./img --epochs 1 --batch 10 --moments moving --model ./m.fstack --json").Json;
        tool.Done("train --images ./img --epochs 1 --batch 10 --moments population --model ./p.fstack");
        tool.Done("train --images ./img --epochs 1 --batch 10 --model ./a.fstack");
        Assert.Equal(json.GetProperty("test").GetProperty("accuracy").GetDouble(), Right("m.fstack"));
        Assert.Equal(json.GetProperty("testWithPopulationMoments").GetProperty("accuracy").GetDouble(), Right("p.fstack"));
        Assert.NotEqual(Right("m.fstack"), Right("p.fstack"));
        Assert.Equal(tool.Bytes("p.fstack"), tool.Bytes("a.fstack"));
        Assert.Contains("batch normalization with population moments", tool.Done("inspect ./p.fstack").Output);

        double Right(string model)
        {
            tool.Done($"predict --model ./{model} --images ./img --out ./predicted.csv");
            return tool.Table("predicted.csv")["class"].Select((predicted, i) => predicted == $"{i % Stripes.Classes}" ? 1.0 : 0).Average();
        }
    }

    [Fact]
    public void The_file_depends_on_the_seed_and_not_on_the_number_of_threads()
    {
        Stripes.Idx(tool, "img");
        tool.Done($"{Short} --threads 1");
        var first = tool.Bytes("m.fstack");
        tool.Done($"{Short} --threads 2");
        Assert.Equal(first, tool.Bytes("m.fstack"));
        tool.Done($"{Short} --seed 7");
        Assert.NotEqual(first, tool.Bytes("m.fstack"));
    }

    [Fact]
    public void Validation_images_are_scored_and_early_stopping_keeps_the_best_epoch()
    {
        Stripes.Idx(tool, "img");
        var json =
            tool.Done(
                "train --images ./img --epochs 40 --batch 10 --rate 0.3 --validation 0.2 --patience 2 --model ./m.fstack --json").Json;
        var losses = json.Items("history").Select(epoch => epoch.GetProperty("validationLoss").GetDouble()).ToArray();
        Assert.True(losses.Length < 40);
        Assert.Equal(Array.IndexOf(losses, losses.Min()) + 1, json.GetProperty("epoch").GetInt32());
        Assert.Equal(json.Items("history")[json.GetProperty("epoch").GetInt32() - 1].GetProperty("testLoss").GetDouble(),
            json.GetProperty("testWithPopulationMoments").GetProperty("loss").GetDouble());
    }

    [Theory]
    [InlineData(1, "8x8x1")]
    [InlineData(3, "8x8x3")]
    public void Pictures_in_one_folder_per_class_are_trained_on(int channels, string shape)
    {
        Stripes.Folders(tool, "pictures", channels: channels);
        var ran = tool.Done("train --images ./pictures --epochs 1 --batch 10 --model ./m.fstack --json");
        Assert.Contains($"30 training images of {shape}, no test images", ran.Error);
        Assert.Equal(["across", "blot", "down"], ran.Json.Texts("classes"));
    }

    [Theory]
    [InlineData("--epochs 0", "--epochs is '0'. Give a whole number from 1 to 2147483647. ")]
    [InlineData("--batch 0", "--batch is '0'. Give a whole number from 1 to 2147483647. ")]
    [InlineData("--rate 0", "--rate is '0'. Give a number above 0. ")]
    [InlineData("--validation 1", "--validation is '1'. Give a number above 0 and below 1. ")]
    [InlineData("--optimizer magic", "--optimizer is 'magic'. Give adam or adamw or rmsprop or sgd or momentum or nesterov. ")]
    [InlineData("--moments none", "--moments is 'none'. Give auto or moving or population. ")]
    [InlineData("--backend tpu", "--backend: 'tpu': is not a device name. Give auto, host, cuda, cuda:N, opencl, opencl:N or ilgpu-cpu.")]
    [InlineData("--backend cuda:99", "--backend: cuda:99: ")]
    [InlineData("--backend host --precision tf32",
        "--backend: host: host cannot compute in TensorFloat-32, which needs an NVIDIA GPU of compute capability 8.0 or later. Use fp32")]
    [InlineData("--precision bf16", "--precision is 'bf16'. Give fp32 or tf32. ")]
    [InlineData("--resume", "--resume needs a checkpoint. Give --checkpoint. ")]
    [InlineData("--patience 3",
        "--patience: needs the validation loss, but there are no validation images. Give --validation, or a folder 'val' beside 'train'.")]
    [InlineData("--batch 61", "img: training options: the batch is 61, but there are only 60 training examples. Give at most 60.")]
    [InlineData("--checkpoint ./no/c.fstack", "--checkpoint: no/c.fstack: the folder 'no' does not exist. ")]
    [InlineData("--checkpoint ./m.fstack", "--checkpoint: m.fstack: would replace the file of --model. ")]
    [InlineData("--checkpoint ./data.csv --resume", "data.csv: this is not a model file: ")]
    public void Options_without_their_requirements_are_refused(string options, string message)
    {
        Stripes.Idx(tool, "img");
        Assert.StartsWith(message, Refused($"train --images ./img --model ./m.fstack {options}"));
    }

    [Theory]
    [InlineData("train --images ./img --epochs 1 --batch 10 --model ./img/train-images-idx3-ubyte",
        "--model: img/train-images-idx3-ubyte: would replace a file of --images. ")]
    [InlineData("train --images ./img --epochs 1 --batch 10 --model ./img/t10k-labels-idx1-ubyte.gz",
        "--model: img/t10k-labels-idx1-ubyte.gz: would replace a file of --images")]
    [InlineData("train --images ./img --epochs 1 --batch 10 --model ./n.fstack --checkpoint ./img/t10k-images-idx3-ubyte",
        "--checkpoint: img/t10k-images-idx3-ubyte: would replace a file of --images")]
    [InlineData("train --images ./pictures --epochs 1 --batch 10 --model ./pictures/blot/03.png",
        "--model: pictures/blot/03.png: would replace a file of --images")]
    [InlineData("predict --images ./img --model ./m.fstack --out ./img/t10k-images-idx3-ubyte",
        "--out: img/t10k-images-idx3-ubyte: would replace a file of --images")]
    [InlineData("predict --images ./img/t10k-images-idx3-ubyte --model ./m.fstack --out ./img/t10k-images-idx3-ubyte",
        "--out: img/t10k-images-idx3-ubyte: would replace a file of --images")]
    [InlineData("predict --images ./pictures --model ./m.fstack --out ./pictures/blot/03.png",
        "--out: pictures/blot/03.png: would replace a file of --images")]
    public void No_output_replaces_an_image(string line, string message)
    {
        Stripes.Idx(tool, "img");
        Stripes.Folders(tool, "pictures");
        tool.Done("train --images ./img --epochs 1 --batch 10 --model ./m.fstack");
        Assert.StartsWith(message, tool.Refused(line));
    }

    [Fact]
    public void A_model_file_in_the_image_folder_can_be_replaced()
    {
        Stripes.Idx(tool, "img");
        for (var i = 0; i < 2; i++) tool.Done("train --images ./img --epochs 1 --batch 10 --model ./img/m.fstack");
    }

    /// <summary>0.99 to the power of 12, and of 600.</summary>
    [Fact]
    public void Moving_averages_that_have_not_converged_are_noted()
    {
        Stripes.Idx(tool, "img", train: 6, test: 0);
        const string Predicted =
            "img: after 12 steps 89% of the moving averages is still their initial value, so the net uses the population moments of all "
                + "training examples";
        const string Long = "train --images ./img --batch 2 --backend host --model ./m.fstack";
        Assert.Equal([Predicted], tool.Done($"{Long} --epochs 4").Notes);
        Assert.Equal([Predicted], tool.Done($"{Long} --epochs 4 --json").Notes);
        Assert.Empty(tool.Done($"{Long} --epochs 4 --moments population").Notes);
        Assert.Empty(tool.Done($"{Long} --epochs 4 --moments moving").Notes);
        Assert.Empty(tool.Done($"{Long} --epochs 200").Notes);
    }

    [Fact]
    public void A_last_batch_of_one_is_noted()
    {
        Stripes.Idx(tool, "img", train: 7);
        Assert.StartsWith("img: ",
            tool.Done("train --images ./img --epochs 1 --batch 3 --moments population --model ./m.fstack").Notes.Single(note =>
            note.Contains("last batch of each epoch would have 1 example")));
    }

    [Theory]
    [InlineData("1e300")]
    [InlineData("1e30")]
    public void A_training_that_diverges_in_its_last_step_writes_no_model(string rate)
    {
        Stripes.Idx(tool, "img");
        Assert.StartsWith("img: epoch 1, test examples: the loss is NaN. Use a lower learning rate",
            Refused($"train --images ./img --epochs 1 --batch 60 --rate {rate} --model ./m.fstack"));
        Stripes.Idx(tool, "bare", test: 0);
        Assert.Matches("^bare: (epoch 1, layer 1, Conv2D.*|population moments): (it holds|they hold) a number that is not finite",
            Refused($"train --images ./bare --epochs 1 --batch 60 --rate {rate} --model ./m.fstack"));
        Assert.False(File.Exists(tool.At("m.fstack")));
    }

    /// <summary>The images are absent too, but the output is checked first.</summary>
    [Fact]
    public void An_unwritable_model_file_is_refused_before_anything_is_read() =>
        Assert.StartsWith("--model: no/m.fstack: the folder 'no' does not exist.",
            tool.Refused("train --images ./absent --model ./no/m.fstack"));

    [Fact]
    public void Damaged_or_inconsistent_images_are_refused()
    {
        Stripes.Idx(tool, "img");
        var (images, labels) = ("img/train-images-idx3-ubyte", "img/train-labels-idx1-ubyte.gz");
        var (whole, codes) = (tool.Bytes(images), tool.Bytes(labels));

        Assert.Contains($"{images}: it should be IDX images (magic 0x00000803), but is IDX labels",
            Spoiled(images, [0, 0, 8, 1, .. whole[4..]]));
        Assert.Contains($"{images}: it ends early", Spoiled(images, whole[..^7]));
        Assert.Contains($"{images}: the", Spoiled(images, [.. whole, 0]));
        Assert.Contains($"{images}: it is empty", Spoiled(images, []));
        Assert.Contains($"{labels}: its compressed data is damaged", Spoiled(labels, [.. codes[..15], 0xFF, 0xFF, .. codes[17..]]));
        IdxFile.WriteLabels(tool.At("few.gz"), EquatableArray.Of(0, 1, 2)).OrThrow();
        Assert.Contains("it has 3 labels, but", Spoiled(labels, tool.Bytes("few.gz")));
        Stripes.Idx(tool, "more", labels: 2);
        Assert.Contains("label 2, but the 2 classes are 0 to 1", Refused("train --images ./more --model ./m.fstack"));
        Stripes.Idx(tool, "sizes", testSide: 9);
        Assert.Contains("its training images are 8x8x1, but its test images are 9x9x1",
            Refused("train --images ./sizes --model ./m.fstack"));
        Directory.CreateDirectory(tool.At("none"));
        Assert.StartsWith("none: the folder is empty.", Refused("train --images ./none --model ./m.fstack"));
        Assert.StartsWith("absent: no such folder.", Refused("train --images ./absent --model ./m.fstack"));
        Stripes.Folders(tool, "pictures");
        tool.Write("pictures/blot/03.png", "no picture");
        Assert.Contains("pictures/blot/03.png: is not a picture in a supported format",
            Refused("train --images ./pictures --model ./m.fstack"));

        string Spoiled(string file, byte[] bytes)
        {
            var kept = tool.Bytes(file);
            File.WriteAllBytes(tool.At(file), bytes);
            var message = Refused("train --images ./img --model ./m.fstack");
            File.WriteAllBytes(tool.At(file), kept);
            return message;
        }
    }

    [SharedFact("mnist")]
    public void MNIST_trains_as_it_is()
    {
        var folder = Repository.Shared("mnist");
        Directory.CreateDirectory(tool.At("mnist"));
        foreach (var (part, count) in new[] { ("train", 400), ("t10k", 200) })
        {
            var whole =
                IdxFile.ReadPair(Path.Combine(folder, $"{part}-images-idx3-ubyte.gz"), Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz"))
                    .OrThrow();
            IdxFile.WriteImages(tool.At($"mnist/{part}-images-idx3-ubyte"),
                new(count, 28, 28, EquatableArray.From(whole.Pixels.Take(count * 784)))).OrThrow();
            IdxFile.WriteLabels(tool.At($"mnist/{part}-labels-idx1-ubyte"), EquatableArray.From(whole.Labels.Take(count))).OrThrow();
        }

        var json = tool.Done("train --images ./mnist --epochs 3 --model ./m.fstack --json").Json;
        Assert.Equal(601_386, json.GetProperty("parameters").GetInt32());
        // After 39 steps the moving averages are still close to their initial values, so population moments are scored.
        Assert.InRange(json.GetProperty("testWithPopulationMoments").GetProperty("accuracy").GetDouble(), 0.7, 1);
    }
}
