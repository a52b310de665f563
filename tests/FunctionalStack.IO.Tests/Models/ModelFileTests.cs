using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.IO.Tests.Models;

public sealed class ModelFileTests : IDisposable
{
    private static readonly Frame Rows = Frame.Of(("a", Column.Numeric.Of(1, -2.5, 1e300)), ("b", Column.Numeric.Of(0.1, double.NaN, 7)));

    private readonly string folder = Directory.CreateTempSubdirectory("fstack").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Property(Arbitrary = [typeof(ModelGenerators)], MaxTest = 100)]
    public bool Saved_then_loaded_is_the_same_model(IModel model)
    {
        var bytes = Saved.Bytes(model);
        var file = Saved.Read(bytes).OrThrow();
        var loaded = file.Model;
        // Equality treats -0.0 as 0.0 and one NaN as another; the bytes do not.
        return loaded.Equals(model) && file.Card == Saved.Card.For(model) && Saved.Bytes(loaded).AsSpan().SequenceEqual(bytes)
            && Predicted(loaded) == Predicted(model);
    }

    private static string Predicted(IModel model)
    {
        try
        {
            return model.Predict(Rows).OrThrow() switch
            {
                Prediction.Probabilities p => $"{p.Levels} {Bits(p.Matrix)}",
                var p => Bits(((Prediction.Numeric)p).Values),
            };
        }
        catch (Exception exception) when (exception is OutcomeException or KeyNotFoundException or ArgumentException)
        {
            // An arbitrary tree may need a column that its own map dropped: then both must fail.
            return exception.Message;
        }
    }

    private static string Bits(EquatableArray<double> numbers) => string.Join(",", numbers.Select(BitConverter.DoubleToInt64Bits));

    [Fact]
    public void Every_bit_of_a_double_comes_back()
    {
        double[] numbers =
        [
            -0.0, double.Epsilon, double.NegativeInfinity,
            BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0123),
            BitConverter.Int64BitsToDouble(unchecked((long)0xFFF0_0000_0000_0001)),
        ];
        foreach (var number in numbers)
        {
            var loaded = (Total)Saved.Read(Saved.Bytes(new Total(number, "x"))).OrThrow().Model;
            Assert.Equal(BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(loaded.Weight));
        }

        var listed = (Constant)Saved.Read(Saved.Bytes(new Constant(default, EquatableArray.Copy<double>(numbers)))).OrThrow().Model;
        Assert.Equal(numbers.Select(BitConverter.DoubleToInt64Bits), listed.Chances.Select(BitConverter.DoubleToInt64Bits));
    }

    [Property(MaxTest = 100)]
    public void Every_bit_of_a_float_comes_back(int[] bits, byte[] codes)
    {
        float[] numbers =
            [.. bits.Select(BitConverter.Int32BitsToSingle), -0f, float.NegativeInfinity, BitConverter.Int32BitsToSingle(0x7FC0_0123),
                BitConverter.Int32BitsToSingle(0x7F80_0001)];
        foreach (var number in numbers)
        {
            var loaded =
                (Weighted)Saved.Read(Saved.Bytes(new Weighted(number, EquatableArray.Copy<float>(numbers),
                    EquatableArray.Copy<byte>(codes)))).OrThrow().Model;
            Assert.Equal(BitConverter.SingleToInt32Bits(number), BitConverter.SingleToInt32Bits(loaded.Scale));
            Assert.Equal(numbers.Select(BitConverter.SingleToInt32Bits), loaded.Weights.Select(BitConverter.SingleToInt32Bits));
            Assert.Equal(codes, loaded.Codes);
        }
    }

    [Fact]
    public void A_list_of_floats_is_its_bytes_as_they_lie()
    {
        var payload = Saved.Payload(Saved.Bytes(new Weighted(1, EquatableArray.Of(1f, -2f), EquatableArray.Of<byte>(7, 8, 9))));
        Assert.Equal([0, 0, 0x80, 0x3F, 2, 0, 0, 0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 3, 0, 0, 0, 7, 8, 9], payload[^23..]);
    }

    [Fact]
    public void Equal_models_make_equal_files()
    {
        var (first, second) = (Path.Combine(folder, "1.fstack"), Path.Combine(folder, "2.fstack"));
        ModelFile.TrySave(first, Saved.Small, Saved.Card, ModelGenerators.Catalogue).OrThrow();
        ModelFile.TrySave(second, Saved.Small, Saved.Card, ModelGenerators.Catalogue).OrThrow();
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        Assert.Equal(Saved.Bytes(Saved.Small), File.ReadAllBytes(first));
        Assert.Equal(Saved.Small, ModelFile.Load(first, ModelGenerators.Catalogue).OrThrow().Model);
        Assert.Equal(Saved.Card, ModelFile.Describe(first).OrThrow());
        Assert.Equal("pipeline", ModelFile.Tag(first).OrThrow());
        var (unmade, made) =
            (ModelFile.Inspect(first, tag => tag == "network").OrThrow(),
                ModelFile.Inspect(first, tag => tag == "pipeline", ModelGenerators.Catalogue).OrThrow());
        Assert.Equal((ModelFile.FormatVersion, "pipeline", ModelFile.Describe(first).OrThrow(), null),
            (unmade.Format, unmade.Tag, unmade.Card, unmade.Model));
        Assert.Equal(Saved.Small, made.Model);
        File.WriteAllBytes(first, Saved.OfFormat(1));
        Assert.Equal(1, ModelFile.Inspect(first, _ => false).OrThrow().Format);
        Assert.Equal([first, second], Directory.GetFiles(folder).Order());
    }

    [Fact]
    public void Every_changed_byte_is_refused()
    {
        var file = Saved.Bytes(Saved.Small);
        for (var at = 0; at < file.Length; at++)
        {
            foreach (var flip in new byte[] { 0x01, 0x80, 0xFF })
            {
                var changed = file.ToArray();
                changed[at] ^= flip;
                Assert.NotEmpty(Saved.Refusal(changed).Remedy);
            }
        }
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var file = Saved.Bytes(Saved.Small);
        for (var length = 0; length < file.Length; length++)
        {
            Assert.Contains("ends early", Saved.Refusal(file[..length]).What);
        }
    }

    [Fact]
    public void Bytes_after_the_end_are_refused() =>
        Assert.Contains("1 bytes follow", Saved.Refusal([.. Saved.Bytes(Saved.Small), 0]).What);

    [Fact]
    public void A_newer_format_is_refused_by_name()
    {
        var file = Saved.Bytes(Saved.Small);
        file[8] = 3;
        Assert.Equal(new("m.fstack", "it was written by a newer version (format 3; this version reads up to 2)", "Update fstack."),
            Saved.Refusal(Saved.Sealed(file)));
    }

    [Fact]
    public void A_column_of_texts_has_no_levels_in_the_file()
    {
        var schema = new Schema([new ColumnSchema.Texts("Freitext"), new ColumnSchema.Numeric("Age")]);
        var bytes = Saved.Bytes(Saved.Small, Saved.Card with { Schema = schema });
        Assert.Equal(schema, Saved.Read(bytes).OrThrow().Schema);
    }

    [Fact]
    public void Files_of_the_first_format_still_load()
    {
        var old = Saved.OfFormat(1);
        Assert.Equal(1, old[8]);
        var loaded = Saved.Read(old).OrThrow();
        Assert.Equal(Saved.Small, loaded.Model);
        Assert.Equal(Saved.Card with { Library = loaded.Card.Library }, loaded.Card);
        for (var length = 0; length < old.Length; length++) Assert.Contains("ends early", Saved.Refusal(old[..length]).What);
        Assert.Contains("1 bytes follow", Saved.Refusal([.. old, 0]).What);
    }

    [Fact]
    public void Other_files_are_refused_by_name()
    {
        Assert.Contains("not a model file", Saved.Refusal("PassengerId,Survived\n1,0\n"u8.ToArray()).What);
        Assert.Contains("line endings", Saved.Refusal("FSTACK\n\x1\0\0\0 and so on"u8.ToArray()).What);
        Assert.Contains("no such file", ModelFile.Load(Path.Combine(folder, "none.fstack")).Match(_ => "", f => f.What));
        Assert.Contains("is a folder", ModelFile.Describe(folder).Match(_ => "", f => f.What));
    }

    [Property(MaxTest = 100)]
    public bool Random_bytes_are_refused(byte[] bytes) => Saved.Read(bytes) is Outcome<LoadedModel>.Fail;

    [Property(MaxTest = 100)]
    public bool A_random_payload_under_a_good_checksum_is_refused(byte[] payload) =>
        Saved.Read(Saved.WithPayload(Saved.Bytes(Saved.Small), payload)) is Outcome<LoadedModel>.Fail;

    [Property(Arbitrary = [typeof(ModelGenerators)], MaxTest = 60)]
    public bool A_forged_payload_never_throws(IModel model, Seed seed)
    {
        var file = Saved.Bytes(model);
        var payload = Saved.Payload(file);
        var random = seed.Stream();
        for (var times = 0; times < 20; times++)
        {
            var forged = payload.ToArray();
            forged[random.Next(forged.Length)] = (byte)random.Next(256);
            // It fails to load, or is by chance another valid model: the checksum protects against accidents, not forgers.
            _ = Saved.Read(Saved.WithPayload(file, forged)).Match(_ => "", failure => failure.ToString());
        }

        return true;
    }

    [Theory]
    [InlineData(12, 4)]
    [InlineData(-8, 8)]
    public void A_length_beyond_the_file_is_refused_unread(int at, int bytes)
    {
        var file = Saved.Bytes(Saved.Small);
        at = at < 0 ? Saved.PayloadAt(file) + at : at;
        foreach (var top in new byte[] { 0x7F, 0xFF })
        {
            file.AsSpan(at, bytes).Fill(0xFF);
            file[at + bytes - 1] = top;
            var failure = Frugally(() => Saved.Refusal(Saved.Sealed(file)));
            Assert.Matches("ends early|its payload's length is", failure.What);
        }
    }

    [Fact]
    public void A_list_longer_than_the_file_is_refused_unread()
    {
        var file = Saved.Bytes(new Constant(default, EquatableArray.Of(1.0, 2.0)));
        var payload = Saved.Payload(file);
        // The last field: a count of 2, then two doubles.
        payload.AsSpan(payload.Length - 20, 4).Fill(0x7F);
        var forged = Saved.WithPayload(file, payload);
        Assert.Contains("elements, but only 16 bytes are left", Frugally(() => Saved.Refusal(forged)).What);
    }

    private static T Frugally<T>(Func<T> read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = read();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
        return result;
    }

    [Fact]
    public void Nesting_beyond_reason_is_refused_on_both_sides()
    {
        Assert.Contains("nested", ModelFile.Write(Stream.Null, "m.fstack", Nested(300), Saved.Card).Match(_ => "", f => f.What));
        Assert.Equal(Nested(200), Saved.Read(Saved.Bytes(Nested(200))).OrThrow().Model);

        static IModel Nested(int levels) =>
            Enumerable.Range(0, levels).Aggregate(Saved.Small, (inner, _) => new PipelineModel(new Identity(), inner));
    }

    [Fact]
    public void A_model_that_is_not_registered_is_refused()
    {
        var path = Path.Combine(folder, "m.fstack");
        var failure = ModelFile.TrySave(path, Saved.Small, Saved.Card).Match(_ => throw new InvalidOperationException(), f => f);
        Assert.Contains("has no tag in the catalogue", failure.What);
        Assert.Empty(Directory.GetFiles(folder));
        Assert.Contains("has a 'total', which this version does not know",
            Saved.Refusal(Saved.Bytes(new Total(1, "x")), Library.Catalogue).What);
    }

    [Fact]
    public void A_card_that_json_cannot_hold_is_refused()
    {
        var (text, spec, metadata) =
            (Saved.Card with { Target = "\ud800" }, Saved.Card with { Spec = "{" },
                Saved.Card with { Metadata = EquatableArray.Of(new MetadataCard("\ud800", "")) });
        foreach (var card in new[] { text, spec, metadata })
        {
            Assert.Contains("model card",
                ModelFile.Write(Stream.Null, "m.fstack", Saved.Small, card, ModelGenerators.Catalogue).Match(_ => "", f => f.What));
        }
    }

    [Fact]
    public void A_card_describes_the_data()
    {
        var frame = Frame.Of(("x", Column.Numeric.Of(1, 2)), ("c", Column.Categorical.Of("b", "a")));
        var card = ModelCard.Of(new(frame, Target.Classes.Of("no", "yes")), "y", 7);
        Assert.Equal(("y", EquatableArray.Of("no", "yes"), 7L, "classification"), (card.Target, card.Levels, card.Seed, card.Task));
        Assert.Equal(Schema.Of(frame), card.Schema);
        Assert.Equal("regression", ModelCard.Of(new(frame, new Target.Numeric(EquatableArray.Of(1.0, 2.0))), "y", 7).Task);
    }
}
