using FunctionalStack.Preprocessing;

namespace FunctionalStack.Learners;

/// <summary>The catalogue's entries of naive Bayes.</summary>
internal static class BayesCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new GaussianNaiveBayes(),
            "Naive Bayes with a normal distribution for each column and class.",
            [RecordTag.Of<GaussianNaiveBayesModel>("naiveBayes")],
            Recipe.ForLinear))
        .With(LearnerEntry.Of(
            new MultinomialNaiveBayes(),
            "Naive Bayes for counts.",
            [RecordTag.Of<LinearScoresModel>("logistic")],
            Recipe.ForCounts))
        .With(LearnerEntry.Of(
            new BernoulliNaiveBayes(),
            "Naive Bayes for columns of two values: above a threshold or not.",
            [RecordTag.Of<BernoulliNaiveBayesModel>("bernoulliNaiveBayes")],
            Recipe.ForLinear));
}
