import text from "plimsoll:managed-policies";

/** A statement of an AWS managed policy, as its JSON has it. */
interface ManagedStatement {
  readonly Effect: string;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

// The format is that of `.config/write-managed-policies.mjs`.
const [actionText = "", resourceText = "", conditionText = "", policyText = ""] = text.trimEnd().split("\n\n");
const actions = namesIn(actionText);
const resources = namesIn(resourceText);
const conditions = namesIn(conditionText);

/** The statements of an AWS managed policy, by its name without the path; null where the table does not have it. */
export function managedStatements(name: string): ManagedStatement[] | null {
  const isFirst = policyText.startsWith(`${name} `);
  const before = policyText.indexOf(`\n${name} `);
  if (!isFirst && before === -1) return null;
  const [line = ""] = policyText.slice(isFirst ? 0 : before + 1).split("\n", 1);
  const [, ...statements] = line.split(" ");
  return statements.map(toStatement);
}

/** Of so many names the first is whole; each of the others is the one before up to so many characters, and then its own. */
const blockLength = 32;

/** A plan names few of the policies, so that the names of a block are put together when one of them is asked for. */
function namesIn(part: string): (number: number) => string {
  const blocks = part.slice(1).split("\n-");
  const read = new Map<string, readonly string[]>();
  return (number) => {
    const block = blocks[Math.floor(number / blockLength)] ?? "";
    const names = read.get(block) ?? namesOfBlock(block);
    read.set(block, names);
    return names[number % blockLength] ?? "";
  };
}

function namesOfBlock(block: string): string[] {
  const [first = "", ...others] = block.split("\n");
  const names = [first];
  let name = first;
  for (const line of others) {
    name = name.slice(0, Number.parseInt(line.charAt(0), 36)) + line.slice(1);
    names.push(name);
  }
  return names;
}

/** `A!1,2+3:4:5`: effect, `!` where the actions or resources are exceptions, actions, resources, conditions. */
function toStatement(statement: string): ManagedStatement {
  const [, effect, exceptActions, actionNumbers = "", exceptResources, resourceNumbers = "", conditionNumbers = ""] =
    /^([AD])(!?)([^:]*):(!?)([^:]*):(.*)$/.exec(statement) ?? [];
  const named = conditionNumbers === "" ? [] : numbersIn(conditionNumbers).map(conditions);
  return {
    Effect: effect === "D" ? "Deny" : "Allow",
    [exceptActions === "!" ? "NotAction" : "Action"]: numbersIn(actionNumbers).map(actions),
    [exceptResources === "!" ? "NotResource" : "Resource"]: numbersIn(resourceNumbers).map(resources),
    ...(named.length === 0 ? {} : { Condition: toCondition(named) }),
  };
}

/** Each is the step from the one before; `+3` stands for the next three. */
function numbersIn(list: string): number[] {
  const numbers: number[] = [];
  for (const part of list.split(",")) {
    const [step = "", next = "0"] = part.split("+");
    const first = (numbers.at(-1) ?? 0) + Number.parseInt(step, 36);
    for (let at = 0; at <= Number.parseInt(next, 36); at += 1) numbers.push(first + at);
  }
  return numbers;
}

function toCondition(texts: readonly string[]): Record<string, Record<string, unknown>> {
  const condition: Record<string, Record<string, unknown>> = {};
  for (const text of texts) {
    const [operator, key, values]: [string, string, unknown] = JSON.parse(text);
    condition[operator] = { ...condition[operator], [key]: values };
  }
  return condition;
}
