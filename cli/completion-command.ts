import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { Io } from "./io.ts";

/** Asks the command itself for what may stand next; the words behind it are the line so far. */
export const completionsArgument = "--get-completions";

const script = `# Completion for plimsoll: source <(plimsoll completion)
if [ -n "$ZSH_VERSION" ]; then
  autoload -U +X compinit bashcompinit && compinit && bashcompinit
fi
_plimsoll() {
  local word="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=($(compgen -W "$(plimsoll ${completionsArgument} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "$word"))
}
complete -o default -F _plimsoll plimsoll
`;

/** Prints the script that a shell loads. */
export async function completionCommand(io: Io): Promise<ExitCode> {
  io.out(script);
  return exitCodes.clean;
}
