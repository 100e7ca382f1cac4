import type { AndOr, CommandNode, CompoundList, If, Pipeline, Statement, SyntaxNode } from "unbash";
import { conditionOf, testsSuccess } from "./conditions.ts";
import { handlingBy, mayEndCleanly } from "./exits.ts";
import type { Failure, RunCondition } from "./run.ts";
import {
  type Frame,
  failureAt,
  isSpent,
  type Shell,
  shellLimits,
  subshell,
  swallowed,
  unclear,
  type Walk,
} from "./shell.ts";
import { walkSimpleCommand } from "./simple-commands.ts";

function textOf(node: SyntaxNode, { source }: Shell): string {
  return source.slice(node.pos, node.end);
}

/** Walks a list of commands: what is not the last one fails without consequence, unless `set -e` holds. */
export function walkList(statements: readonly Statement[], shell: Shell, frame: Frame, walk: Walk): void {
  let conditions = frame.conditions;
  for (const [at, statement] of statements.entries()) {
    if (isSpent(walk)) return;
    const next = statements[at + 1];
    const failure =
      next === undefined
        ? frame.failure
        : textOf(next, shell).includes("$?")
          ? unclear("a later command looks at the exit code")
          : swallowed("more commands follow in the same entry, and the last one decides");
    const inner = { ...frame, failure, negated: next === undefined ? frame.negated : null, conditions };
    walkStatement(statement, shell, inner, walk);
    conditions = [...conditions, ...conditionsAfter(statement, shell, failureAt(shell, inner), walk)];
  }
}

/** What must have been so for the commands behind a statement to run. */
function conditionsAfter(statement: Statement, shell: Shell, failure: Failure, walk: Walk): RunCondition[] {
  const text = textOf(statement, shell);
  const after: RunCondition[] = [];
  if (endsUnlessSucceeding(statement.command, shell)) {
    after.push({ kind: "succeeding" });
    if (failure.kind === "stops") walk.phaseConditions.push({ kind: "succeeding" });
  } else if (mayEndCleanly(text)) after.push(conditionOf(text, false, shell.setByCommands));
  return after;
}

/** `[ "$CODEBUILD_BUILD_SUCCEEDING" = 1 ] || exit 1`, and the same with `if`. */
function endsUnlessSucceeding(node: SyntaxNode, shell: Shell): boolean {
  if (node.type === "If") {
    if (node.elif.length > 0 || testsSuccess(textOf(node.clause, shell)) !== false) return false;
    return handlingBy(node.then) === "exits";
  }
  if (node.type !== "AndOr" || node.commands.length !== 2) return false;
  const [test, action] = node.commands;
  if (test === undefined || action === undefined) return false;
  return testsSuccess(textOf(test, shell)) === (node.operators[0] === "||") && handlingBy(action) === "exits";
}

function walkStatement(statement: Statement, shell: Shell, frame: Frame, walk: Walk): void {
  if (statement.background === true) walkInBackground(statement.command, shell, frame, walk);
  else walkNode(statement.command, shell, frame, walk);
}

const deepest = 50;

/** Walks any command, simple or compound. */
function walkNode(node: SyntaxNode, shell: Shell, frame: Frame, walk: Walk): void {
  const { budget } = walk;
  if (isSpent(walk)) return;
  budget.commands -= 1;
  if (isSpent(walk)) walk.unread.push(`the buildspec runs more than ${shellLimits.commands} commands`);
  else if (shell.depth > deepest || budget.depth > shellLimits.depth) walk.unread.push("commands nest too deep");
  else {
    budget.depth += 1;
    walkKnown(node, shell, frame, walk);
    budget.depth -= 1;
  }
}

function walkKnown(node: SyntaxNode, shell: Shell, frame: Frame, walk: Walk): void {
  if (isGroup(node)) walkGroup(node, shell, frame, walk);
  else if (node.type === "Command") walkSimpleCommand(node, shell, frame, walk);
  else if (node.type === "AndOr") walkAndOr(node, shell, frame, walk);
  else if (node.type === "Pipeline") walkPipeline(node, shell, frame, walk);
  else if (node.type === "If") walkIf(node, shell, frame, walk);
  else if (node.type === "Case") walkCase(node, shell, frame, walk);
  else if (isLoop(node)) walkLoop(node, shell, frame, walk);
  else if (node.type === "Function") shell.functions.set(node.name.value, node.body);
}

/** What only holds other commands together. */
type Group = Extract<SyntaxNode, { type: "BraceGroup" | "CompoundList" | "Subshell" | "Redirected" | "Coproc" }>;

function isGroup(node: SyntaxNode): node is Group {
  return ["BraceGroup", "CompoundList", "Subshell", "Redirected", "Coproc"].includes(node.type);
}

function walkGroup(node: Group, shell: Shell, frame: Frame, walk: Walk): void {
  switch (node.type) {
    case "CompoundList":
      walkList(node.commands, shell, frame, walk);
      break;
    case "BraceGroup":
      walkList(node.body.commands, shell, frame, walk);
      break;
    case "Subshell":
      walkList(node.body.commands, subshell(shell, failureAt(shell, frame)), frame, walk);
      break;
    case "Redirected":
      walkNode(node.command, shell, frame, walk);
      break;
    case "Coproc":
      walkInBackground(node.body, shell, frame, walk);
  }
}

function walkInBackground(node: SyntaxNode, shell: Shell, frame: Frame, walk: Walk): void {
  const failure = swallowed("it runs in the background");
  walkNode(node, subshell(shell, failure), { ...frame, failure, isExempt: true, negated: null }, walk);
}

function walkCase(node: Extract<SyntaxNode, { type: "Case" }>, shell: Shell, frame: Frame, walk: Walk): void {
  const condition = conditionOf(textOf(node.word, shell), true, shell.setByCommands);
  const inner = { ...frame, conditions: [...frame.conditions, condition] };
  for (const item of node.items) walkList(item.body.commands, shell, inner, walk);
}

function walkAndOr(node: AndOr, shell: Shell, frame: Frame, walk: Walk): void {
  let chain: readonly RunCondition[] = [];
  for (const [at, command] of node.commands.entries()) {
    if (isSpent(walk)) return;
    const before = node.commands[at - 1];
    if (before !== undefined) {
      const isAnd = node.operators[at - 1] === "&&";
      const condition = conditionOf(textOf(before, shell), isAnd, shell.setByCommands);
      // Where the failure of what stands before && stops the entry, what follows is not left out silently.
      const isSilent = !isAnd || failureIn(node, at - 1, shell, frame).kind !== "stops";
      if (condition.kind === "succeeding" || isSilent) chain = [...chain, condition];
    }
    const isLast = at === node.commands.length - 1;
    const failure = isLast ? frame.failure : failureIn(node, at, shell, frame);
    const conditions = [...frame.conditions, ...chain];
    walkNode(
      command,
      shell,
      { failure, isExempt: frame.isExempt || !isLast, negated: isLast ? frame.negated : null, conditions },
      walk,
    );
  }
}

/** What becomes of the failure of one command of `a && b || c`. */
function failureIn(node: AndOr, at: number, shell: Shell, frame: Frame): Failure {
  const { commands, operators } = node;
  const or = operators.indexOf("||", at);
  if (or === -1) return at === commands.length - 1 ? failureAt(shell, frame) : frame.failure;
  const handler = commands[or + 1];
  const handling = handler === undefined ? "unclear" : handlingBy(handler);
  if (handling === "exits") return shell.atExit;
  if (handling === "fails") return failureIn(node, or + 1, shell, frame);
  const isLast = or + 1 === commands.length - 1;
  if (handling === "succeeds" && isLast) return swallowed("what follows || always succeeds");
  return unclear("what follows || may hide the failure");
}

function walkPipeline(node: Pipeline, shell: Shell, frame: Frame, walk: Walk): void {
  const isNegated = node.prefixes.some(({ type }) => type === "Negation");
  const outer: Frame = isNegated
    ? {
        ...frame,
        failure: frame.negated ?? swallowed("! turns its failure into success"),
        isExempt: true,
        negated: null,
      }
    : frame;
  const [only, ...more] = node.commands;
  if (only !== undefined && more.length === 0) {
    walkNode(only, shell, outer, walk);
    return;
  }
  for (const [at, command] of node.commands.entries()) {
    if (isSpent(walk)) return;
    const isLast = at === node.commands.length - 1;
    const inner = isLast || shell.pipefail === true ? outer : { ...outer, ...pipedAway(shell) };
    walkNode(command, subshell(shell, failureAt(shell, inner)), { ...inner, negated: null }, walk);
  }
}

function pipedAway({ pipefail }: Shell): Pick<Frame, "failure" | "isExempt"> {
  const failure =
    pipefail === null
      ? unclear("it is piped, and whether pipefail holds is unknown")
      : swallowed("its output is piped on without pipefail");
  return { failure, isExempt: true };
}

function walkIf(node: If, shell: Shell, frame: Frame, walk: Walk): void {
  const branches = [node, ...node.elif];
  let earlier = frame.conditions;
  for (const [at, { clause, then }] of branches.entries()) {
    if (isSpent(walk)) return;
    const isLast = at === branches.length - 1;
    const failure = isLast ? branchFailure(node.else, shell, frame) : unclear("it is the condition of an if");
    const negated = branchFailure(then, shell, frame);
    walkList(clause.commands, shell, { failure, negated, isExempt: true, conditions: earlier }, walk);
    const text = textOf(clause, shell);
    const when = (wanted: boolean) => [...earlier, conditionOf(text, wanted, shell.setByCommands)];
    walkList(then.commands, shell, { ...frame, conditions: when(true) }, walk);
    earlier = when(false);
  }
  if (node.else !== undefined) walkList(node.else.commands, shell, { ...frame, conditions: earlier }, walk);
}

/** What becomes of the failure of a condition by the branch that is taken then. */
function branchFailure(branch: CompoundList | undefined, shell: Shell, frame: Frame): Failure {
  const handling = branch === undefined ? "unclear" : handlingBy(branch);
  if (handling === "exits") return shell.atExit;
  if (handling === "fails") return failureAt(shell, frame);
  return handling === "succeeds"
    ? swallowed("it is the condition of an if that goes on without it")
    : unclear("it is the condition of an if");
}

/** How the walk goes on in what a simple command holds. */
export const enter: Walk["enter"] = { list: walkList, node: walkNode };

type Loop = Extract<CommandNode, { type: "For" | "Select" | "ArithmeticFor" | "While" }>;

function isLoop(node: SyntaxNode): node is Loop {
  return ["For", "Select", "ArithmeticFor", "While"].includes(node.type);
}

function walkLoop(node: Loop, shell: Shell, frame: Frame, walk: Walk): void {
  const failure = unclear("it runs in a loop, of which the last turn decides");
  const inLoop: Frame = { ...frame, failure, negated: null };
  if (node.type === "While")
    walkList(
      node.clause.commands,
      shell,
      { ...inLoop, failure: unclear("it is the condition of a loop"), isExempt: true },
      walk,
    );
  const words = node.type === "For" ? node.wordlist : undefined;
  const runsAtLeastOnce = words?.some(({ parts }) => parts === undefined) === true;
  const conditions = runsAtLeastOnce ? frame.conditions : [...frame.conditions, { kind: "other" as const }];
  if (node.type === "For" || node.type === "Select") {
    shell.setByCommands.add(node.name.value);
    shell.variables.set(node.name.value, null);
  }
  walkList(node.body.commands, shell, { ...inLoop, conditions }, walk);
}
