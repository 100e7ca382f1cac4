import {
  type CheckOptions,
  check as checkBytes,
  type FactsReport,
  facts as factsOfBytes,
  type ParameterValues,
  type Report,
  type Source,
  selectPolicies,
} from "../../engine/index.ts";
import { OptionsError, refuseWrong } from "./options-error.ts";

/** A plan: the bytes of its JSON, what hands them over, the text, or the object that it says. */
export type PlanLike = Uint8Array | (() => Uint8Array) | string | object;

/**
 * Checks the JSON of a plan (`terraform show -json <plan file>`).
 * @throws OptionsError where an option is wrong, is not known, or leaves nothing to judge
 * @throws PlanError where the input is no plan that can be judged
 */
export async function check(plan: PlanLike, options: CheckOptions): Promise<Report> {
  refuseWrong("check", options);
  const { policies, select = [], skip = [] } = options;
  const lost = [...select, ...skip].find((pattern) => selectPolicies(policies, [pattern], []).length === 0);
  if (lost !== undefined) throw new OptionsError(`check: select, skip: no policy has the id ${lost}`);
  if (selectPolicies(policies, select, skip).length === 0)
    throw new OptionsError("check: select and skip leave no policy to judge by, so that nothing would ever block");
  return checkBytes(bytesOf("check", plan), options);
}

/** The options of `facts`. */
export interface FactsOptions {
  /** The resource to show, with all its attributes; all resources where it is left out. */
  readonly address?: string;
  readonly parameters?: ParameterValues;
  readonly source?: Source;
}

/**
 * What policies see of a plan: its subjects with their facts, and the joins between its resources.
 * @throws OptionsError where an option is wrong or not known
 * @throws PlanError where the input is no plan that can be judged
 */
export async function facts(plan: PlanLike, options: FactsOptions = {}): Promise<FactsReport> {
  refuseWrong("facts", options);
  return factsOfBytes(bytesOf("facts", plan), options);
}

function bytesOf(name: string, plan: unknown): Uint8Array | (() => Uint8Array) {
  if (plan instanceof Uint8Array) return plan;
  if (plan instanceof ArrayBuffer) return new Uint8Array(plan);
  if (typeof plan === "function") return () => handedOver(name, plan());
  if (typeof plan === "string") {
    if (/^\s*\{/.test(plan)) return new TextEncoder().encode(plan);
    throw new OptionsError(
      `${name}: the plan is a text that is no JSON of one; read the file, and hand over its bytes`,
    );
  }
  if (typeof plan !== "object" || plan === null || Array.isArray(plan))
    throw new OptionsError(
      `${name}: the plan is neither bytes, nor a text, nor an object; hand over the bytes of its JSON`,
    );
  if (plan instanceof Promise) throw new OptionsError(`${name}: the plan is a promise; await it first`);
  return new TextEncoder().encode(textOf(name, plan));
}

function handedOver(name: string, bytes: unknown): Uint8Array {
  if (bytes instanceof Uint8Array) return bytes;
  throw new OptionsError(`${name}: the function that hands over the plan gave no bytes`);
}

function textOf(name: string, plan: object): string {
  try {
    return JSON.stringify(plan);
  } catch {
    throw new OptionsError(`${name}: the plan is an object that is no JSON; hand over the bytes of its JSON`);
  }
}
