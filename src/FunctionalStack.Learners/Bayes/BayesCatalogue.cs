using FunctionalStack.Preprocessing;

namespace FunctionalStack.Learners;

/// <summary>The catalogue entries of naive Bayes.</summary>
internal static class BayesCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new GaussianNaiveBayes(),
            "Gaussian naive Bayes: a normal distribution per column and class.",
            [RecordTag.Of<GaussianNaiveBayesModel>("naiveBayes")],
            Recipe.ForLinear))
        .With(LearnerEntry.Of(
            new MultinomialNaiveBayes(),
            "Multinomial naive Bayes, for counts.",
            [RecordTag.Of<LinearScoresModel>("logistic")],
            Recipe.ForCounts))
        .With(LearnerEntry.Of(
            new BernoulliNaiveBayes(),
            "Bernoulli naive Bayes, for binary columns (above a threshold or not).",
            [RecordTag.Of<BernoulliNaiveBayesModel>("bernoulliNaiveBayes")],
            Recipe.ForLinear));
}
