namespace FunctionalStack.Learners;

/// <summary>The catalogue entry of calibration.</summary>
internal static class CalibrationCatalogue
{
    public static Catalogue All { get; } = Catalogue.Empty
        .With(LearnerEntry.Of(
            new Calibration(),
            "Meta-learner of one base that calibrates its probabilities.",
            [
                RecordTag.Of<CalibrationModel>("calibration"),
                RecordTag.Of<CalibrationCurve.Sigmoid>("calibration.sigmoid"),
                RecordTag.Of<CalibrationCurve.Power>("calibration.power"),
                RecordTag.Of<CalibrationCurve.Isotonic>("calibration.isotonic"),
            ]));
}
