import type { Command, CompoundList, Statement, SyntaxNode } from "unbash";

/** What follows a failure: ends the shell as failed, fails itself, succeeds, or what cannot be told. */
export type Handling = "exits" | "fails" | "succeeds" | "unclear";

const alwaysSucceed = new Set(["true", ":", "echo", "printf"]);

/** What the commands do that run because another one failed. */
export function handlingBy(node: SyntaxNode): Handling {
  switch (node.type) {
    case "Command":
      return commandHandling(node);
    case "BraceGroup":
      return handlingBy(node.body);
    case "Subshell": {
      const inner = handlingBy(node.body);
      return inner === "exits" ? "fails" : inner;
    }
    case "CompoundList":
      return listHandling(node);
    case "Statement":
      return node.background === true ? "succeeds" : handlingBy(node.command);
    default:
      return "unclear";
  }
}

function commandHandling(command: Command): Handling {
  const name = command.name?.value;
  if (name === "false") return "fails";
  if (name !== "exit") return name !== undefined && alwaysSucceed.has(name) ? "succeeds" : "unclear";
  const status = exitStatus(command);
  // Alone it hands on the exit code of what failed.
  if (status === "last") return "exits";
  return status === null ? "unclear" : status === 0 ? "succeeds" : "exits";
}

function listHandling({ commands }: CompoundList): Handling {
  const [last, ...others] = commands.toReversed();
  if (last === undefined || others.some((statement) => mayExit(statement))) return "unclear";
  const { command } = last;
  // After other commands, `exit` alone hands on theirs.
  if (others.length > 0 && command.type === "Command" && exitStatus(command) === "last") return "unclear";
  return handlingBy(last);
}

/** The number that `exit` gives, `last` where it hands on that of the last command; null where it is none or not told. */
function exitStatus(command: Command): number | "last" | null {
  if (command.name?.value !== "exit") return null;
  const [argument, ...more] = command.args;
  if (argument === undefined) return "last";
  if (argument.type !== "Word" || more.length > 0) return null;
  if (argument.text === "$?") return "last";
  return argument.parts === undefined && /^\d+$/.test(argument.value) ? Number(argument.value) : null;
}

function mayExit({ command }: Statement): boolean {
  return command.type !== "Command" || command.name?.value === "exit" || command.name === undefined;
}

/** `|| exit` and `|| exit $?` hand on a failure. */
const handsOnFailure = /\|\|\s*exit\b(?:[ \t]+["']?\$\?["']?)?(?=\s*(?:$|[;&|)}\n]))/g;

/** Whether the text may end its shell as succeeded: `exit 0`, or `exit` with what is not told. */
export function mayEndCleanly(text: string): boolean {
  return /(?:^|[\s;&|({])(?:exit|return)(?:\s*(?:$|[;&|)}\n])|[ \t]+(?![1-9]\d*\b))/.test(
    text.replace(handsOnFailure, ""),
  );
}
