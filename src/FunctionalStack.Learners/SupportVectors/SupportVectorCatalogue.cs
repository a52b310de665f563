using FunctionalStack.Preprocessing;

namespace FunctionalStack.Learners;

/// <summary>The catalogue entry of support vector machines.</summary>
internal static class SupportVectorCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new SupportVectorMachine(),
            "Support vector machine with an RBF or a linear kernel.",
            [
                RecordTag.Of<SupportVectorMachineModel>("svm"),
                RecordTag.Of<SupportVectorMachineModel.Machine>("svm.machine"),
            ],
            Recipe.ForDistances));
}
