import { append } from "../lists.ts";
import { isJsonObject, ownMember } from "../plan/json.ts";
import { holdsTrue } from "../plan/node.ts";
import { Unknown } from "../plan/unknown.ts";
import { formatNumber } from "./number.ts";
import { isKnown, type Value } from "./value.ts";

/** Of values that the plan and the source both tell, how many are equal, and the paths of those that are not. */
export interface Comparison {
  readonly equal: number;
  readonly differing: readonly string[];
}

const none: Comparison = { equal: 0, differing: [] };
const same: Comparison = { equal: 1, differing: [] };

function all(comparisons: readonly Comparison[]): Comparison {
  let equal = 0;
  const differing: string[] = [];
  for (const each of comparisons) {
    equal += each.equal;
    append(differing, each.differing);
  }
  return { equal, differing };
}

/**
 * Compares what the plan knows with what was worked out. Providers write values in forms of their own: JSON text with its
 * members in another order, sets sorted, numbers and booleans as text, names in lower case; those are equal.
 * @param path of the value, for what differs
 */
export function compareWithPlan(planned: unknown, unknown: unknown, value: Value, path: string): Comparison {
  // What is not known on one side cannot differ; what is null is filled in by the provider, or written only.
  if (
    unknown === true ||
    planned === undefined ||
    planned instanceof Unknown ||
    value.kind === "hole" ||
    value.kind === "null"
  )
    return none;
  if (value.kind === "sequence") return compareSequence(planned, unknown, value.elements, path);
  if (value.kind === "mapping") return compareMapping(planned, unknown, value, path);
  if (planned === null) return isWriteOnly(path) || isZero(value) ? none : differs(path);
  return isSameScalar(planned, textOf(value)) || isSameProtocol(planned, value, path) ? same : differs(path);
}

/** Protocols have numbers and names. Source: provider documentation, "Resource: aws_security_group_rule". */
const protocols: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", all: "-1" };

function isSameProtocol(planned: unknown, value: Value, path: string): boolean {
  return /(?:^|[._])protocol$/.test(path) && protocols[textOf(value).toLowerCase()] === planned;
}

function differs(path: string): Comparison {
  return { equal: 0, differing: [path] };
}

/** Arguments that the provider never keeps. Source: Terraform's documentation, "Use write-only arguments". */
function isWriteOnly(path: string): boolean {
  return /_wo$/.test(path);
}

/** Providers plan no value where the zero value of its type is written. Source: Terraform Plugin SDK, "Zero values". */
function isZero(value: Value): boolean {
  return value.kind === "string" ? value.value === "" : ["0", "false"].includes(textOf(value));
}

function textOf(value: Value): string {
  if (value.kind === "number") return formatNumber(value.value);
  if (value.kind === "bool") return String(value.value);
  return value.kind === "string" ? value.value : "";
}

function isSameScalar(planned: unknown, own: string): boolean {
  if (typeof planned !== "string") return String(planned) === own || Number(planned) === Number(own);
  // A policy without statements is none.
  if (planned === "" && /^\s*\{\s*\}\s*$/.test(own)) return true;
  return planned === own || planned.toLowerCase() === own.toLowerCase() || isSameJson(planned, own);
}

function isSameJson(one: string, other: string): boolean {
  if (!/^\s*[[{]/.test(one) || !/^\s*[[{]/.test(other)) return false;
  try {
    return canonical(JSON.parse(one)) === canonical(JSON.parse(other));
  } catch {
    return false;
  }
}

/** One form for all that providers take for the same JSON: without null, lists and members in one order, case alike. */
function canonical(json: unknown): string {
  if (Array.isArray(json)) {
    const parts = json.map(canonical).sort();
    // A policy may write a list of one as its element.
    return parts.length === 1 ? (parts[0] ?? "") : `[${parts.join(",")}]`;
  }
  if (!isJsonObject(json)) return JSON.stringify(String(json).toLowerCase());
  const members = Object.keys(json)
    .filter((key) => json[key] !== null)
    .map((key) => `${JSON.stringify(key.toLowerCase())}:${canonical(json[key])}`);
  return `{${members.sort().join(",")}}`;
}

function compareSequence(planned: unknown, unknown: unknown, elements: readonly Value[], path: string): Comparison {
  if (planned === null) return elements.length === 0 ? none : differs(path);
  // A block that may stand once is an object in the plan, as timeouts are.
  const [only, ...others] = elements;
  if (isJsonObject(planned) && only !== undefined && others.length === 0)
    return compareWithPlan(planned, unknown, only, path);
  if (!Array.isArray(planned)) return differs(path);
  const masks = Array.isArray(unknown) ? unknown : [];
  const isPartial = !elements.every(isKnown) || holdsTrue(masks);
  if (!isPartial && planned.length !== elements.length && !isSameSet(planned, elements)) return differs(path);
  const inOrder = elements.map((each, at) => compareWithPlan(planned[at], masks[at], each, `${path}[${at}]`));
  if (inOrder.every(({ differing }) => differing.length === 0)) return all(inOrder);
  // The plan sorts the elements of sets: each must be there somewhere.
  const anywhere = elements.map((each) => bestOf(planned, masks, each, path));
  return all(anywhere);
}

function isSameSet(planned: readonly unknown[], elements: readonly Value[]): boolean {
  return new Set(elements.map(textOf)).size === planned.length;
}

function bestOf(planned: readonly unknown[], masks: readonly unknown[], value: Value, path: string): Comparison {
  let best: Comparison = differs(path);
  for (const [at, each] of planned.entries()) {
    const found = compareWithPlan(each, masks[at], value, `${path}[${at}]`);
    if (found.differing.length === 0) return found;
    if (found.equal > best.equal) best = found;
  }
  return best;
}

function compareMapping(
  planned: unknown,
  unknown: unknown,
  value: Value & { kind: "mapping" },
  path: string,
): Comparison {
  // A block that stands once may be written as an object, in JSON syntax.
  if (Array.isArray(planned)) return compareSequence(planned, unknown, [value], path);
  if (planned === null) return value.entries.size === 0 ? none : differs(path);
  if (!isJsonObject(planned)) return differs(path);
  const parts = [...value.entries].map(([key, each]) =>
    compareWithPlan(
      ownMember(planned, key) ?? null,
      ownMember(unknown, key),
      each,
      path === "" ? key : `${path}.${key}`,
    ),
  );
  return all([...parts, ...missing(planned, value, path)]);
}

/** Members of a map of texts that the source does not have. */
function missing(planned: object, { entries }: Value & { kind: "mapping" }, path: string): Comparison[] {
  const isMap = path !== "" && !path.endsWith("]") && Object.values(planned).every((each) => typeof each === "string");
  const isWhole = [...entries.values()].every(({ kind }) => kind !== "null");
  if (!isMap || !isWhole) return [];
  return Object.keys(planned)
    .filter((key) => !entries.has(key))
    .map((key) => differs(`${path}.${key}`));
}
