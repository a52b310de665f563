using FunctionalStack.IO;

namespace FunctionalStack;

/// <summary>Saves and loads fitted models.</summary>
public static class Model
{
    /// <summary>Writes the model of a fit to one file, with the names of its columns, its seed and its scores. Equal fits give equal bytes,
    /// also in <c>fstack fit</c>.</summary>
    /// <param name="fit">The result of a fit.</param>
    /// <param name="path">The path of the file. It is written completely or not at all.</param>
    /// <param name="spec">The spec that was fitted, to be stored too; null if the model was composed in code.</param>
    /// <returns>The path. Fails if the file cannot be written, and for a model of your own that is not in the catalogue.</returns>
    public static Outcome<string> Save(this Trained fit, string path, StackSpec? spec = null) => ModelFile.SaveFit(path, fit, spec);

    /// <summary>Reads a model from a file. It predicts frames and records like the saved model, bit for bit, and prints its card.</summary>
    /// <returns>The model with its <see cref="LoadedModel.Card"/>. Fails if the file cannot be read, is damaged, or is no model of
    /// tables.</returns>
    public static Outcome<LoadedModel> Load(string path) => ModelFile.Load(path);
}
