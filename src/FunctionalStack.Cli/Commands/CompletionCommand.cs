using System.CommandLine;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;

namespace FunctionalStack.Cli.Commands;

/// <summary>Prints a script with which a shell completes the commands, options and values of the tool. The scripts ask the tool itself
/// (<see cref="Suggestions"/>). Where it has no suggestion, the shell completes names of files.</summary>
internal static class CompletionCommand
{
    // compgen drops the words that do not begin with the typed one. No word has a space.
    private const string Bash = """
        _fstack() {
            local line=${COMP_LINE:0:COMP_POINT}
            line=${line#"${COMP_WORDS[0]}"}
            line=${line# }
            COMPREPLY=($(compgen -W "$(fstack "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _fstack fstack
        """;

    private const string Zsh = """
        #compdef fstack
        _fstack() {
            local line="${words[2,CURRENT]}"
            local -a found
            found=(${(f)"$(fstack "[suggest:${#line}]" "$line" 2>/dev/null)"})
            if (( $#found )); then compadd -- $found; else _files; fi
        }
        (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
        compdef _fstack fstack
        """;

    private const string Fish = """
        function __fstack
            set -l words (commandline -opc) (commandline -ct)
            set -l line (string join ' ' -- $words[2..-1])
            set -l found (fstack "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
            if test (count $found) -gt 0
                printf '%s\n' $found
            else
                __fish_complete_path (commandline -ct)
            end
        end
        complete -c fstack -f -a '(__fstack)'
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName fstack -ScriptBlock {
            param($word, $tree, $cursor)
            $typed = "$tree".PadRight($cursor - $tree.Extent.StartOffset).Substring(0, $cursor - $tree.Extent.StartOffset)
            $line = $typed -replace '^\S+\s?', ''
            fstack "[suggest:$($line.Length)]" "$line" 2>$null |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    private static readonly (string Name, string Script)[] Shells = [("bash", Bash), ("zsh", Zsh), ("fish", Fish), ("pwsh", Pwsh)];

    private static readonly Argument<string> Shell = Named();

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("completion", "Print a script that completes commands, options and values in a shell.")
        {
            Shell, Common.Json,
        };
        command.SetAction(run((parsed, terminal) => Outcome.Ok(Print(parsed.GetRequiredValue(Shell), terminal))));
        return command;
    }

    private static Done Print(string name, Terminal terminal)
    {
        var script = Shells.Single(shell => shell.Name == name).Script.ReplaceLineEndings("\n");
        foreach (var line in script.Split('\n')) terminal.Print(line);
        terminal.Answer(() => new JsonObject { ["command"] = "completion", ["shell"] = name, ["script"] = script });
        return default;
    }

    private static Argument<string> Named()
    {
        var names = Shells.Select(shell => shell.Name).ToArray();
        var shell = new Argument<string>("shell") { Description = $"The shell: {string.Join(", ", names)}." };
        shell.CompletionSources.Add(names);
        shell.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var word }] && !names.Contains(word))
                result.AddError($"'{word}' is not a shell with a script. Shells: {string.Join(", ", names)}.");
        });
        return shell;
    }
}
