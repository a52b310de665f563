namespace FunctionalStack;

/// <summary>Finds trained levels by word, by number and by truth. Made once a column, when first asked.</summary>
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

            // Of '1' and '1.0' the number 1 is the one that prints so, else the first.
            if (Word.Of(number) == levels[code]) ofNumber[number] = code;
            else ofNumber.TryAdd(number, code);
        }
    }

    /// <summary>Whether a number can stand for a level: where some levels are numbers, or all are truth and it is 0 or 1.</summary>
    public bool Takes(double number) => areTruth ? number is 0 or 1 : ofNumber.Count > 0 || ofWord.Count == 0;

    /// <summary>The code of the level that reads as a number, or as 0 for false and 1 for true; -1 where there is none.</summary>
    public int Of(double number) => ofNumber.GetValueOrDefault(number, -1);

    /// <summary>
    /// The code of a word; -1 where training did not have it. Words that differ are different levels where training had both;
    /// else a number may be written otherwise (<c>1.0</c> for <c>1</c>, <c>02</c> for <c>2</c>), and truth in any case, and as 0 and 1.
    /// </summary>
    public int Of(string word) =>
        ofWord.TryGetValue(word, out var code) ? code
        : (Word.Truth(word) is not null || areTruth) && Truth(word) is { } number ? Of(number)
        : NumberText.TryExact(word, out var exact) && Of(exact) is var same and >= 0 && NumberText.TryExact(levels[same], out _) ? same
        : -1;

    private double? Number(string level) => areTruth ? Truth(level) : Word.Number(level);

    private static double? Truth(string word) => Word.Truth(word) is { } truth ? truth ? 1 : 0 : Word.Number(word);
}
