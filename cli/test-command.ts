import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { PlanError, type PolicyFromFile, type PolicyTest, testPolicy } from "../engine/index.ts";
import { pack } from "../policies/pack.ts";
import { codeOf } from "./error-code.ts";
import { type ExitCode, exitCodes, UsageError } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { testJunit, testText } from "./reporters/tests.ts";
import { loadTeam } from "./team.ts";

export interface TestArguments {
  readonly path: readonly string[];
  readonly config: string | undefined;
  readonly format: "text" | "junit";
}

/** Runs the examples of policy files: of those named, else of the shipped policies and the configuration's. */
export async function testCommand({ path, config, format }: TestArguments, io: Io): Promise<ExitCode> {
  const tests: PolicyTest[] = [];
  for (const { file, policy } of await policiesToTest(path, config, io)) {
    tests.push(await testOne({ file, policy }, io));
  }
  io.out(format === "junit" ? testJunit(tests) : testText(tests));
  return tests.every(({ failures }) => failures.length === 0) ? exitCodes.clean : exitCodes.blocked;
}

async function testOne({ file, policy }: PolicyFromFile, io: Io): Promise<PolicyTest> {
  try {
    return await testPolicy(policy, (plan) => readPlan(plan, file, io));
  } catch (error) {
    if (error instanceof PlanError) throw new UsageError(`${file}: plans: ${error.message}`);
    throw error;
  }
}

async function policiesToTest(
  paths: readonly string[],
  config: string | undefined,
  io: Io,
): Promise<readonly PolicyFromFile[]> {
  if (paths.length > 0) {
    const { readPolicyFiles } = await import("./config/load.ts");
    return readPolicyFiles(paths, io);
  }
  const { own } = await loadTeam({ config, policies: [] }, pack, io);
  return [...pack.map((policy) => ({ file: "", policy })), ...own];
}

/** The plan that an example names, from its policy's file. */
async function readPlan(plan: string, policyFile: string, io: Io): Promise<Uint8Array> {
  try {
    return readFileSync(resolve(io.cwd, dirname(policyFile), plan));
  } catch (error) {
    throw new UsageError(`${policyFile}: plans: ${plan}: cannot be read (${codeOf(error)})`);
  }
}
