import type { ReportWaiver, Waiver } from "../../engine/index.ts";
import { counted } from "../reporters/findings.ts";
import type { PlanResult } from "../reporters/plan-result.ts";

/** A waiver as it is listed. */
export interface ListedWaiver {
  /** Where it is written: `plimsoll.yaml:12`. */
  readonly from: string;
  readonly policy: string;
  readonly resources: readonly string[];
  /** As in the report; without plans `valid` where it is not expired. */
  readonly state: ReportWaiver["state"] | "valid";
  /** How many findings match, in all plans; null without plans. */
  readonly matches: number | null;
  readonly expires: string | null;
  /** 0 on the last day, negative behind it; null where it has no end. */
  readonly daysLeft: number | null;
  readonly owner: string | null;
  readonly reason: string;
}

/** What a waiver says, whoever read it. */
type Written = Omit<Waiver, "fingerprint" | "maxMatches" | "exact">;

/** The waivers of the configuration and of the source by their last days alone. */
export function withoutPlans(waivers: readonly Written[], today: string): ListedWaiver[] {
  return waivers.map(({ from, policy, resources, expires, owner, reason }) => {
    const daysLeft = expires === null ? null : daysBetween(today, expires);
    const state = daysLeft !== null && daysLeft < 0 ? "expired" : "valid";
    return { from, policy, resources, state, matches: null, expires, daysLeft, owner, reason };
  });
}

/**
 * The waivers with what became of them in all plans together: what one plan has no use for another may have. Those of the
 * configuration come first, all of them and in their order; behind them those in comments of the source.
 */
export function withPlans(
  configured: readonly Waiver[],
  results: readonly PlanResult[],
  today: string,
): ListedWaiver[] {
  const keys = keysOf(configured);
  const listed = new Map<string | undefined, ListedWaiver & { readonly matches: number }>(
    withoutPlans(configured, today).map((waiver, at) => {
      const state = waiver.state === "valid" ? ("unused" as const) : waiver.state;
      return [keys[at], { ...waiver, state, matches: 0 }];
    }),
  );
  for (const result of results) {
    if ("failure" in result) continue;
    const { waivers } = result.report;
    const own = keysOf(waivers);
    for (const [at, waiver] of waivers.entries()) {
      const [alone] = withoutPlans([waiver], today);
      const before = listed.get(own[at]);
      if (alone !== undefined) listed.set(own[at], joined(before ?? { ...alone, matches: 0 }, waiver));
    }
  }
  return [...listed.values()];
}

/** The place and policy of each; several of one policy may stand on one line. */
function keysOf(waivers: readonly Pick<Waiver, "from" | "policy">[]): string[] {
  const seen = new Map<string, number>();
  return waivers.map(({ from, policy }) => {
    const name = JSON.stringify([from, policy]);
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return `${name} ${count}`;
  });
}

/** What is too broad in one plan has to be looked at, and what applies in one is of use. */
const stateOrder: readonly ListedWaiver["state"][] = ["expired", "too-broad", "applied", "unused", "valid"];

function joined(one: ListedWaiver & { readonly matches: number }, { state, resources, matches }: ReportWaiver) {
  const worst = stateOrder.find((each) => each === one.state || each === state) ?? state;
  const all = [...new Set([...one.resources, ...resources])];
  return { ...one, state: worst, resources: all, matches: one.matches + matches };
}

function daysBetween(one: string, other: string): number {
  return Math.round((Date.parse(other) - Date.parse(one)) / 86_400_000);
}

/** What a waiver is worth, in words: `applies to 3 findings; ends in 30 days, on 2026-12-24`. */
export function stateText({ state, matches, expires, daysLeft }: ListedWaiver): string {
  const findings = counted(matches ?? 0, "finding");
  const use = {
    applied: `applies to ${findings}`,
    expired: matches === null || matches === 0 ? "" : `${findings} would match`,
    unused: "matches no finding",
    "too-broad": `too broad: ${findings} match, so that it applies to none`,
    valid: "",
  }[state];
  return [use, endText(expires, daysLeft)].filter((part) => part !== "").join("; ");
}

function endText(expires: string | null, daysLeft: number | null): string {
  if (expires === null || daysLeft === null) return "no end";
  if (daysLeft < 0) return `expired on ${expires}`;
  if (daysLeft === 0) return `ends today, ${expires}`;
  return `ends in ${counted(daysLeft, "day")}, on ${expires}`;
}
