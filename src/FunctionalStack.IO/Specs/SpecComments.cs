namespace FunctionalStack.IO;

/// <summary>The comments of a spec file that someone will change by hand.</summary>
/// <param name="Title">The first comment: what the spec is for.</param>
/// <param name="Catalogue">Its descriptions of learners stand above the bases.</param>
internal sealed record SpecComments(string Title, Catalogue Catalogue)
{
    public string Folds => "The bases are cross-fitted over these folds, and the meta-learner is fitted on their out-of-fold predictions.";

    public string Combine =>
        "average: new rows are predicted by the models of all folds. refit: by one model for each base, fitted on all rows.";

    public string Bases => "Add, change or delete bases. Their names must differ. Without \"preprocess\", a base gets the default\n       "
        + "preprocessing of its learner; with \"columns\": [...], it reads only these columns.";

    public string Meta => "Combines the predictions of the bases.";

    /// <summary>The description of a learner; null for one that the catalogue does not have.</summary>
    public string? Of(ILearner learner) =>
        Catalogue.Learners.FirstOrDefault(entry => entry.Type == learner.GetType())?.Description;
}
