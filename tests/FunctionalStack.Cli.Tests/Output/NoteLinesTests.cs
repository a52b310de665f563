using FunctionalStack.Cli.Output;
using Xunit;

namespace FunctionalStack.Cli.Tests.Output;

public class NoteLinesTests
{
    [Fact]
    public void Notes_that_differ_in_names_and_numbers_are_one_line_and_a_count()
    {
        EquatableArray<Note> notes =
        [
            new("fold 1", "no training row has the 2 classes 'a', 'b', so they get probability 0 there"),
            "another note about 3 rows",
            new("fold 2", "no training row has the 2 classes 'a', 'b', so they get probability 0 there"),
            new("fold 3", "no training row has the 3 classes 'c', 'd', 'e', so they get probability 0 there"),
            new("fold 4", "no training row has the 14 classes 'f', 'g' and 12 more, so they get probability 0 there"),
            "another note about 4 rows",
        ];
        Assert.Equal(
            [
                "no training row has the 2 classes 'a', 'b', so they get probability 0 there (fold 1, and 1 more place), "
                    + "and 2 similar notes (--json has all)",
                "another note about 3 rows",
                "another note about 4 rows",
            ],
            NoteLines.Of(notes));
    }
}
