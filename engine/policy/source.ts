import { parseLocated, type SourceFile } from "../files/located.ts";
import { operatorNamed, operators, prepareOperators } from "../operators/operators.ts";
import { loadPolicy } from "./load.ts";
import type { Policy } from "./policy.ts";

/** A policy, and the file that it is from. */
export interface PolicyFromFile {
  readonly file: string;
  readonly policy: Policy;
}

/** Policy files that cannot be used: one line for each mistake, `file:line:column: path: what is wrong`. */
export class PolicyFileError extends Error {
  readonly lines: readonly string[];
  /** Those of the other files, in which nothing is wrong. */
  readonly policies: readonly PolicyFromFile[];

  constructor(lines: readonly string[], policies: readonly PolicyFromFile[]) {
    super(lines.join("\n"));
    this.name = "PolicyFileError";
    this.lines = lines;
    this.policies = policies;
  }
}

/**
 * Reads policy files, YAML or JSON.
 * @param taken ids that other policies have already, with what they are
 * @throws PolicyFileError with all mistakes of all files, ids that occur twice among them
 */
export async function parsePolicyFiles(
  files: readonly SourceFile[],
  taken: ReadonlyMap<string, string> = new Map(),
): Promise<PolicyFromFile[]> {
  const lines: string[] = [];
  const seen = new Map(taken);
  const policies: PolicyFromFile[] = [];
  for (const source of files) {
    const located = await parseLocated(source);
    if (!("data" in located)) {
      for (const line of located.lines) lines.push(line);
      continue;
    }
    // What the text says with escapes is the same operator.
    const words = JSON.stringify(located.data) ?? "";
    // Values of these operators can only be checked with what they load.
    await prepareOperators(
      Object.keys(operators).filter((name) => operatorNamed(name)?.prepare && words.includes(name)),
    );
    const loaded = loadPolicy(located.data);
    if ("mistakes" in loaded) {
      for (const line of located.lines(loaded.mistakes)) lines.push(line);
      continue;
    }
    const { id } = loaded.policy;
    const other = seen.get(id);
    if (other !== undefined)
      lines.push(
        ...located.lines([{ path: ["id"], message: `"${id}" is the id of ${other} already; choose another` }]),
      );
    else policies.push({ file: source.file, policy: loaded.policy });
    seen.set(id, other ?? source.file);
  }
  if (lines.length > 0) throw new PolicyFileError(lines, policies);
  return policies;
}
