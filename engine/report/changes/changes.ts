import { groupBy } from "../../group-by.ts";
import type { AttributeValues } from "../attribute-values.ts";
import type { Finding } from "../report.ts";
import { type Identified, pairFindings } from "./pair.ts";
import { partOf, renamedElements } from "./parts.ts";
import { grantsMore, isWorse } from "./worse.ts";

/** What a change does to a finding that is there after it. */
type Change = NonNullable<Finding["change"]>;

/** What a change does to findings. */
export interface Changes {
  /** The failed and undecided findings after it, each with what the change does to it, in their order. */
  readonly findings: readonly Finding[];
  /** Those before it that are no more. */
  readonly fixed: readonly Finding[];
}

/** What tells more of findings than they hold themselves. */
export interface ChangeContext {
  /** Whether what stands at an address, or the plan as a whole, was judged before the change too. */
  readonly wasJudged: (finding: Finding) => boolean;
  /** The values before and after the change, by which elements of lists are told apart; null where only reports are at hand. */
  readonly values: { readonly before: AttributeValues; readonly after: AttributeValues } | null;
}

/** Compares the failed and undecided findings before a change with those after it. */
export function compareFindings(
  before: readonly Finding[],
  after: readonly Finding[],
  context: ChangeContext,
): Changes {
  const known = groupBy(before.filter(isOpen), placeOf);
  const places = groupBy(after.filter(isOpen), placeOf);
  const identify = identifier(context.values);
  const changed = new Map<Finding, Finding>();
  const fixed: Finding[] = [];
  for (const place of new Set([...known.keys(), ...places.keys()])) {
    const { was, is } = identify(known.get(place) ?? [], places.get(place) ?? []);
    const pairs = pairFindings(was, is);
    const hidden = { before: hiddenBy(was), after: hiddenBy(is) };
    for (const each of is) changed.set(each.finding, withChange(each, pairs.get(each) ?? null, hidden.before, context));
    const paired = new Set(pairs.values());
    // What a part of the resource hides may still stand.
    for (const each of was)
      if (!paired.has(each) && !hidden.after(each)) fixed.push({ ...each.finding, change: "fixed" });
  }
  return { findings: after.map((finding) => changed.get(finding) ?? finding), fixed };
}

/** Whether it says that something is wrong, or may be. */
export function isOpen({ verdict }: Finding): boolean {
  return verdict === "fail" || verdict === "unknown";
}

function placeOf({ policy, subject: { kind, address } }: Finding): string {
  return JSON.stringify([policy, kind, address]);
}

/** Tells the findings by the names that their subjects have after the change, and by the elements that they stand in. */
function identifier(values: ChangeContext["values"]) {
  const renamesAt = new Map<string, ReadonlyMap<string, string>>();
  const renamesOf = (address: string | null) => {
    if (values === null || address === null) return noRenames;
    const { before, after } = values;
    const renames = renamesAt.get(address) ?? renamedElements(before.of(address), after.of(address), after.opened);
    renamesAt.set(address, renames);
    return renames;
  };
  return (before: readonly Finding[], after: readonly Finding[]) => {
    const is = after.map(
      (finding): Identified => ({ finding, name: nameOf(finding), part: partIn(finding, values?.after) }),
    );
    const names = new Set(is.map(({ name }) => name));
    const was = before.map((finding): Identified => {
      const name = nameOf(finding);
      // Most names stay: whether one was changed is looked up only for those that went.
      const now = names.has(name) ? name : renamed(name, renamesOf(finding.subject.address));
      return { finding, name: now, part: partIn(finding, values?.before) };
    });
    return { was, is };
  };
}

const noRenames: ReadonlyMap<string, string> = new Map();

function nameOf({ subject }: Finding): string {
  return subject.name ?? "";
}

function partIn(finding: Finding, values: AttributeValues | undefined): Identified["part"] {
  return values === undefined ? null : partOf(finding, values);
}

/** The first step that is a name which was changed has the new one. */
function renamed(name: string, renames: ReadonlyMap<string, string>): string {
  const steps = name.split("/");
  const at = steps.findIndex((step) => renames.has(step));
  return at === -1 ? name : steps.with(at, renames.get(steps[at] ?? "") ?? "").join("/");
}

function withChange(
  each: Identified,
  was: Identified | null,
  wasHidden: (each: Identified) => boolean,
  { wasJudged }: ChangeContext,
): Finding {
  const { finding, part } = each;
  const change = ((): Change => {
    if (!wasJudged(finding)) return "undetermined";
    if (was === null) return wasHidden(each) ? "undetermined" : "introduced";
    if (was.finding.verdict !== finding.verdict) return "undetermined";
    if (finding.verdict === "unknown") return "existing";
    const hasMore = part !== null && was.part !== null && grantsMore(was.part, part);
    return hasMore || isWorse(was.finding, finding) ? "worse" : "existing";
  })();
  if (was === null || change === "existing") return { ...finding, change };
  const { severity, verdict, message, fingerprint } = was.finding;
  return { ...finding, change, was: { severity, verdict, message, fingerprint } };
}

/** Whether an undecided finding stands for a whole of which another's subject is a part: it may hold what is there. */
function hiddenBy(findings: readonly Identified[]): (each: Identified) => boolean {
  const wholes = new Set(findings.filter(({ finding }) => finding.verdict === "unknown").map(({ name }) => name));
  return ({ name }) => {
    if (wholes.size === 0) return false;
    const steps = name.split("/");
    return wholes.has("") || steps.some((_, at) => at > 0 && wholes.has(steps.slice(0, at).join("/")));
  };
}
