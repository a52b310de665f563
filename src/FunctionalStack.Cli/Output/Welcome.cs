namespace FunctionalStack.Cli.Output;

/// <summary>What the tool prints without arguments: the first things to do.</summary>
internal static class Welcome
{
    public const string Text = """
        fstack fits stacks of learners to tables, and convolutional nets to images.

        See it work, on embedded data:
          fstack demo

        With a CSV file whose column 'answer' is to be predicted:
          fstack evaluate --data train.csv --target answer                        compare learners and their stack
          fstack fit      --data train.csv --target answer --model m.fstack       fit the stack and save it
          fstack predict  --model m.fstack --data new.csv --out predictions.csv   predict other rows
          fstack explain  --model m.fstack --data train.csv                       see which columns matter
          fstack new      --data train.csv --target answer --out spec.json        write the stack as a file to change

        'fstack --help' lists all commands, 'fstack COMMAND --help' the options of one.

        """;
}
