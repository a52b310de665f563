namespace FunctionalStack;

/// <summary>Looks up training levels by string, by number and by boolean. Built once per column, on first use.</summary>
internal sealed class LevelIndex
{
    private readonly Dictionary<string, int> ofWord;
    private readonly Dictionary<double, int> ofNumber = [];
    private readonly bool areTruth;
    private readonly EquatableArray<string> levels;

    public LevelIndex(EquatableArray<string> levels)
    {
        this.levels = levels;
        ofWord = new(levels.Count, StringComparer.Ordinal);
        for (var code = 0; code < levels.Count; code++) ofWord[levels[code]] = code;
        areTruth = levels.Count > 0
            && levels.All(level => Word.Truth(level) is not null)
            && levels.DistinctBy(Word.Truth).Count() == levels.Count;
        for (var code = 0; code < levels.Count; code++)
        {
            if (Number(levels[code]) is not { } number) continue;

            // If both '1' and '1.0' are levels, the number 1 maps to the level with its shortest text, otherwise to the first.
            if (Word.Of(number) == levels[code]) ofNumber[number] = code;
            else ofNumber.TryAdd(number, code);
        }
    }

    /// <summary>Whether a number can be a level: if some levels are numbers, or all are booleans and it is 0 or 1.</summary>
    public bool Takes(double number) => areTruth ? number is 0 or 1 : ofNumber.Count > 0 || ofWord.Count == 0;

    /// <summary>The code of the level that equals a number, or 0 for false and 1 for true; -1 if there is none.</summary>
    public int Of(double number) => ofNumber.GetValueOrDefault(number, -1);

    /// <summary>
    /// The code of a string; -1 if it is not a training level. An exact match is preferred. Otherwise a number may be written
    /// differently (<c>1.0</c> for <c>1</c>, <c>02</c> for <c>2</c>), and a boolean in any case, or as 0 and 1.
    /// </summary>
    public int Of(string text) =>
        ofWord.TryGetValue(text, out var code) ? code
        : (Word.Truth(text) is not null || areTruth) && Truth(text) is { } number ? Of(number)
        : NumberText.TryExact(text, out var exact) && Of(exact) is var same and >= 0 && NumberText.TryExact(levels[same], out _) ? same
        : -1;

    private double? Number(string level) => areTruth ? Truth(level) : Word.Number(level);

    private static double? Truth(string text) => Word.Truth(text) is { } truth ? truth ? 1 : 0 : Word.Number(text);
}
