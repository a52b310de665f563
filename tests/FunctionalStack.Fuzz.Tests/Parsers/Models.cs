using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FunctionalStack.IO;
using FunctionalStack.Neural;

namespace FunctionalStack.Fuzz.Tests;

/// <summary>Model files and checkpoints whose contents are changed, with valid checksums around them.</summary>
internal static class Models
{
    private static readonly string[] Words = ["int[]", "double[]", "record", "string", "knn", "stack", "tree", "averaged", "\"levels\"", "null", "\"kind\": \"text\""];

    private static readonly Dataset Classes = Data(new Target.Classes(EquatableArray.Of("p", "q"), EquatableArray.From(Enumerable.Range(0, 24).Select(i => i / 2 % 2))));

    private static readonly Dataset Numbers = Data(new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 24).Select(i => i % 7 + 0.5 * (i % 2)))));

    /// <summary>A model of each learner and of a stack, small.</summary>
    public static Parser All { get; } = new("models", [.. Fitted().Select(file => Contents(file))], Words, Read) { Finish = Sealed };

    public static Parser Checkpoints { get; } = new("checkpoints", [Contents(Checkpoint())], Words, bytes => TemporaryFile.Read(bytes,
        path => NetworkFile.LoadCheckpoint(path) is Outcome<Checkpoint>.Ok { Value: var found } && found.Network.Check() is Outcome<NetworkPlan>.Fail
            ? "the network of a checkpoint is not valid" : null))
    { Finish = Sealed };

    private static Dataset Data(Target target) => new(new Frame(24, EquatableArray.Of(
        new NamedColumn("a", new Column.Numeric(EquatableArray.From(Enumerable.Range(0, 24).Select(i => i % 5 + 0.25 * i)))),
        new NamedColumn("b", Column.Categorical.Of([.. Enumerable.Range(0, 24).Select(i => i % 6 == 0 ? null : i % 3 == 0 ? "x" : "y")])))), target);

    private static IEnumerable<byte[]> Fitted()
    {
        foreach (var name in Library.Catalogue.Learners.Where(entry => !entry.Usual.Capabilities.PredictionsOnly).Select(entry => entry.Name))
        {
            foreach (var data in new[] { Classes, Numbers })
            {
                if (Fit($$"""{"version": 1, "learner": "{{name}}"{{Parameters(name)}}}""", data) is { } file) yield return file;
            }
        }

        yield return Fit("""{"version": 1, "stack": {"folds": {"kind": "kfold", "k": 2}, "meta": {"learner": "logistic"}, "bases": [{"name": "a", "learner": "knn", "params": {"k": 2}}, {"name": "b", "learner": "tree"}]}}""", Classes)
            ?? throw new InvalidOperationException();
    }

    private static byte[]? Fit(string spec, Dataset data)
    {
        var fitted = SpecFile.Parse(spec, "spec").Bind(parsed => parsed.Build(data)).Bind(learner => learner.FitModel(data, Seed.Of(1)));
        if (fitted is not Outcome<IModel>.Ok { Value: var model }) return null;
        using var file = new MemoryStream();
        ModelFile.Write(file, "model", model, ModelCard.Of(data, "y", 1)).OrThrow();
        return file.ToArray();
    }

    private static string Parameters(string name) => name switch
    {
        "knn" => """, "params": {"k": 2}""",
        "randomForest" or "extraTrees" => """, "params": {"trees": 2}""",
        "bagging" => """, "params": {"members": 2}""",
        "voting" => """, "params": {"bases": [{"learner": "knn"}, {"name": "deep", "learner": "tree"}]}""",
        "adaBoost" or "gradientBoosting" => """, "params": {"rounds": 2}""",
        "ordinal" => """, "params": {"learner": {"learner": "tree", "params": {"maxDepth": 2}}}""",
        "tuned" => """, "params": {"learner": {"learner": "knn"}, "space": {"k": [1, 3]}, "folds": {"k": 2}}""",
        "net" => """, "params": {"hidden": [3], "epochs": 1}""",
        _ => "",
    };

    private static byte[] Checkpoint()
    {
        var network = Network.Of(new(4, 4, 1),
            new Layer.Conv2D(2), new Layer.BatchNorm(), new Layer.ReLU(), new Layer.Flatten(), new Layer.Dense(2), new Layer.Softmax());
        var variables = Variables.Initial(network.Check().OrThrow(), Seed.Of(1));
        var checkpoint = new Checkpoint(network, new(3, 2), Seed.Of(1), "data", 0, variables, new(0, default, default), default, null);
        return TemporaryFile.Read([], path =>
        {
            NetworkFile.SaveCheckpoint(path, checkpoint, EquatableArray.Of("dark", "light")).OrThrow();
            return File.ReadAllBytes(path);
        });
    }

    /// <summary>What is changed of a file: the manifest with its length, and the payload, uncompressed.</summary>
    private static byte[] Contents(byte[] file)
    {
        var manifest = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(12));
        return [.. file[12..(16 + manifest)], .. Payload(file[(24 + manifest)..^32], BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(16 + manifest)))];
    }

    private static byte[] Payload(byte[] blocks, long length)
    {
        using var payload = new MemoryStream();
        for (var at = 0; at < blocks.Length;)
        {
            var stored = BinaryPrimitives.ReadInt32LittleEndian(blocks.AsSpan(at));
            var content = new byte[Math.Min(1 << 20, length - payload.Length)];
            var block = blocks.AsSpan(at + 4, stored);
            if (stored == content.Length) block.CopyTo(content);
            else System.IO.Compression.BrotliDecoder.TryDecompress(block, content, out _);
            payload.Write(content);
            at += 4 + stored;
        }

        return payload.ToArray();
    }

    /// <summary>A file of format 1, which is not compressed, with these contents.</summary>
    private static byte[] Sealed(byte[] contents, int seed)
    {
        var manifest = contents.Length < 4 ? 0 : (int)Math.Clamp(BinaryPrimitives.ReadInt32LittleEndian(contents), 0L, contents.Length - 4);
        byte[] body = contents.Length < 4 ? contents : contents[4..];
        manifest = Math.Min(manifest, body.Length);
        var (manifestLength, payloadLength) = (new byte[4], new byte[8]);
        BinaryPrimitives.WriteInt32LittleEndian(manifestLength, manifest);
        BinaryPrimitives.WriteInt64LittleEndian(payloadLength, body.Length - manifest);
        byte[] file = [.. "FSTACK\r\n"u8, 1, 0, 0, 0, .. manifestLength, .. body[..manifest], .. payloadLength, .. body[manifest..]];
        return [.. file, .. SHA256.HashData(file)];
    }

    private static string? Read(byte[] bytes)
    {
        if (ModelFile.Read(new MemoryStream(bytes), "fuzz") is not Outcome<LoadedModel>.Ok { Value: var model }) return null;
        var rows = Rows(model.Schema);
        var predicted = model.Predict(rows);
        if (Wrong(predicted, rows.RowCount) is { } wrong) return wrong;

        // What it predicts for a row does not depend on the other rows, and not on being saved again.
        if (predicted is not Outcome<Prediction>.Ok { Value: var all }) return null;
        if (model.Predict(rows.Take(EquatableArray.Of(1))) is not Outcome<Prediction>.Ok { Value: var one } || one != all.Take(EquatableArray.Of(1)))
            return "predicts a row alone otherwise than among others";
        using var saved = new MemoryStream();
        if (ModelFile.Write(saved, "again", model.Model, model.Card) is Outcome<string>.Fail failed) return $"cannot be saved again: {failed.Failure}";
        return ModelFile.Read(saved, "again").Bind(again => again.Predict(rows)) is Outcome<Prediction>.Ok { Value: var same } && same == all
            ? null : "predicts otherwise after it was saved again";
    }

    private static string? Wrong(Outcome<Prediction> predicted, int rows)
    {
        if (predicted is not Outcome<Prediction>.Ok { Value: var prediction }) return null;
        if (prediction.Count != rows) return $"{prediction.Count} predictions of {rows} rows";
        if (prediction is not Prediction.Probabilities classes) return null;
        for (var row = 0; row < rows; row++)
        {
            var sum = 0.0;
            foreach (var share in classes.Row(row))
            {
                if (!(share is >= 0 and <= 1 + 1e-6)) return $"a probability of {share}";
                sum += share;
            }

            if (Math.Abs(sum - 1) > 1e-6) return $"probabilities that sum to {sum}";
        }

        return null;
    }

    private static Frame Rows(Schema schema) => new(3, EquatableArray.From(schema.Columns.Select(column => new NamedColumn(column.Name, column switch
    {
        ColumnSchema.Categorical { Levels: { Count: > 0 } levels } => Column.Categorical.Of(levels[0], null, levels[^1]),
        ColumnSchema.Numeric => new Column.Numeric(EquatableArray.Of(1, double.NaN, -2.5)),
        _ => Column.Categorical.Of("x", null, "z"),
    }))));
}
