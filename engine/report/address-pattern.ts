import { matchesGlob } from "../glob.ts";
import { instanceKeys, keyWord, withoutKeys } from "./instance-keys.ts";

/** One step of an address or of a pattern: a word, with the key of an instance where it has one. */
interface Step {
  readonly name: string;
  /** As it stands in the brackets, without quotes; null where there are none. */
  readonly key: string | null;
}

/** A pattern of resource addresses, with the part of a resource that it is about. */
export interface AddressPattern {
  readonly text: string;
  readonly steps: readonly Step[];
  /** A glob of names behind `#`, in which `{key}` stands for an instance key of the address; null for all of the resource. */
  readonly part: string | null;
}

/** How the plan itself is named, which has no address. */
export const planAddress = "plan";

const stepForm = /(?:^|(?!^)\.)([^.[\]#"\s]+)(?:\[(?:(\d+|\*)|"((?:[^"\\]|\\.)*)")\])?/y;

/**
 * Reads a pattern: an address, in which names and keys may hold `*` and `?`. One without instance keys stands for all
 * instances, one of a module for all that is in it, as Terraform's `-target` has it; a last `*` for all that follows.
 * Null where it is none.
 */
export function parseAddressPattern(text: string): AddressPattern | null {
  const { steps, end } = readSteps(text);
  if (steps.length === 0 || (end < text.length && text[end] !== "#")) return null;
  const part = end < text.length ? text.slice(end + 1) : null;
  return part === "" ? null : { text, steps, part };
}

function readSteps(text: string): { steps: Step[]; end: number } {
  const steps: Step[] = [];
  let end = 0;
  stepForm.lastIndex = 0;
  for (let match = stepForm.exec(text); match !== null; match = stepForm.exec(text)) {
    end = stepForm.lastIndex;
    steps.push({ name: match[1] ?? "", key: match[2] ?? match[3] ?? null });
    stepForm.lastIndex = end;
  }
  return { steps, end };
}

/** Whether a pattern is of this subject: the address of its resource, and the name of its part. */
export type SubjectMatcher = (pattern: AddressPattern, address: string | null, name: string | null) => boolean;

/** Reads each address once, however many patterns and subjects it is held against. */
export function subjectMatcher(): SubjectMatcher {
  const known = new Map<string, readonly Step[]>();
  const stepsOf = (address: string) => {
    const steps = known.get(address) ?? readSteps(address).steps;
    known.set(address, steps);
    return steps;
  };
  return (pattern, address, name) => {
    const own = address ?? planAddress;
    if (pattern.text === own || pattern.text === `${own}#${name ?? ""}`) return true;
    return matchesSteps(pattern.steps, stepsOf(own)) && matchesPart(pattern.part, own, name);
  };
}

function matchesPart(part: string | null, address: string, name: string | null): boolean {
  if (part === null || name === null) return part === null;
  return matchesGlob(part.includes(keyWord) ? withoutKeys(name, instanceKeys(address)) : name, part);
}

/** The one address in the configuration that a pattern is about; null where it may be about several. */
export function configurationAddressOf({ steps }: AddressPattern): string | null {
  if (isModule(steps) || steps.some(({ name }) => /[*?]/.test(name))) return null;
  return steps.map(({ name }) => name).join(".");
}

function matchesSteps(pattern: readonly Step[], address: readonly Step[]): boolean {
  for (const [at, wanted] of pattern.entries()) {
    const step = address[at];
    if (step === undefined) return false;
    if (wanted.name === "*" && wanted.key === null && at === pattern.length - 1) return true;
    if (!matchesGlob(step.name, wanted.name)) return false;
    if (wanted.key !== null && !(step.key !== null && matchesGlob(step.key, wanted.key))) return false;
  }
  return address.length === pattern.length || isModule(pattern);
}

/** `module.a.module.b`: every other step is the word. */
function isModule(steps: readonly Step[]): boolean {
  return steps.length % 2 === 0 && steps.every(({ name }, at) => at % 2 === 1 || name === "module");
}
