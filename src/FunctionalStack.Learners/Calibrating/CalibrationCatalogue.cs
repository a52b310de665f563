namespace FunctionalStack.Learners;

/// <summary>The catalogue's entries of calibration.</summary>
internal static class CalibrationCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new Calibration(),
            "Meta-learner of one base: its probabilities, mapped to observed frequencies.",
            [
                RecordTag.Of<CalibrationModel>("calibration"),
                RecordTag.Of<CalibrationCurve.Sigmoid>("calibration.sigmoid"),
                RecordTag.Of<CalibrationCurve.Power>("calibration.power"),
                RecordTag.Of<CalibrationCurve.Isotonic>("calibration.isotonic"),
            ]));
}
