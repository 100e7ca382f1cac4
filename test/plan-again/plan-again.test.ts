import { beforeAll, describe, expect, it } from "vitest";
import { type FactsReport, type Finding, facts, type Report } from "../../engine/index.ts";
import { type Fixture, fixtures } from "../../fixtures/fixtures.ts";
import { missingForPlans } from "../../fixtures/plan.ts";
import { checkAll, encode, planBytes, reportOf, subjectId } from "../check-fixture.ts";
import { unless } from "../needs.ts";
import { howToRepeat, isOver, isThorough, some } from "../thorough.ts";
import { type PlansAgain, plansAgain } from "./plan-again.ts";

// The plan after the first apply is judged as the first one was: what the provider read back from AWS is no other thing.

const missing = isThorough
  ? missingForPlans()
  : "need npm run test:thorough, as a plan of several fixtures takes a minute";

/** What is not planned again, and why. */
const excluded: Readonly<Record<string, string>> = {
  destroy: "after it nothing is there",
  errored: "Terraform plans a part of it only",
  "later-plans/identities": "what it only forgets stands in AWS, and in no state that is made of a plan",
  targeted: "Terraform plans a part of it only",
};

/** What the later plan tells less of than the first, or otherwise, and why. */
const otherwise: Readonly<Record<string, string>> = {
  "conditions IAM-010 aws_iam_role.two: pass, then gone":
    "which task definitions it is the role of is told, and it is of none",
  "edges IAM-005 aws_iam_role_policy.functions#policy/AccountOfRole: pass, then fail":
    "a function over one reference looks in a plan as the bare reference does; the source tells them apart",
  "keys KMS-001 aws_ecr_repository.dynamic: pass, then unknown":
    "a dynamic block may write the key, or AWS may have taken its own",
  "routes NET-005 aws_ecs_service.alone: pass, then unknown":
    "a main route table in no code leads nowhere only as long as its VPC is new",
};

const again = fixtures.filter(({ name }) => !Object.hasOwn(excluded, name));
const batch = some(again, "plans", "again");

describe("the plan after the first apply", unless(missing === null, missing ?? ""), () => {
  let plans: PlansAgain = { second: new Map(), disturbed: new Map(), surplus: new Map() };
  beforeAll(async () => {
    if (!isOver()) plans = await plansAgain(batch);
  }, 3_600_000);

  it.for(batch)("$name: is judged as the first one, or decides more", async (fixture, { skip }) => {
    skip(plans.second.size === 0, "is not begun, for the time is over");
    const first = await reportOf(fixture.name);
    const second = await checkAll(encode(plans.second.get(fixture)));
    expectSettled(judged(first), judged(second), fixture);
  });

  it.for(batch)("$name: holds nothing of what is removed, narrowed or moved", async (fixture, { skip }) => {
    skip(plans.second.size === 0, "is not begun, for the time is over");
    const second = await checkAll(encode(plans.second.get(fixture)));
    const disturbed = await checkAll(encode(plans.disturbed.get(fixture)));
    const gone = plans.surplus.get(fixture) ?? new Set();
    const left = judged(disturbed).filter(({ subject }) => !gone.has(subject.address ?? ""));
    expect(linesOf(left), howToRepeat()).toEqual(linesOf(judged(second)));
  });

  it.for(batch)("$name: no waiver lapses", async (fixture, { skip }) => {
    skip(plans.second.size === 0, "is not begun, for the time is over");
    const { findings } = await reportOf(fixture.name);
    const failures = judgedFindings(findings).filter(
      ({ policy, verdict }) => verdict === "fail" && policy !== "PLN-003",
    );
    const waivers = failures.map(({ policy, subject, fingerprint, nextFingerprint = fingerprint }) => ({
      policy,
      resources: [subject.address ?? "plan"],
      fingerprint: nextFingerprint,
      reason: "known",
      owner: null,
      expires: null,
      maxMatches: 1,
      from: "plimsoll.yaml:1",
    }));
    const second = await checkAll(encode(plans.second.get(fixture)), { waivers });
    const later = byKey(second.findings);
    const isOpen = openFacts(await facts(planBytes(fixture.name)));
    const lapsed = failures.filter((finding, at) => {
      const now = later.get(keyOf(finding));
      if (second.waivers[at]?.state === "applied" || now?.verdict !== "fail") return false;
      // What the first plan did not tell is found besides, and a waiver of what was found is none of it.
      return ![...finding.evidence, ...now.evidence].some(({ fact }) => isOpen(finding, fact));
    });
    expect(lapsed.map(keyOf), howToRepeat()).toEqual([]);
  });
});

/** Whether the plan does not tell a fact of a finding's subject, or a part of it. */
function openFacts({ subjects }: FactsReport): (finding: Finding, fact: string) => boolean {
  const open = new Set(
    subjects.flatMap((subject) =>
      Object.entries(subject.facts).flatMap(([fact, { unknown }]) =>
        unknown === null ? [] : [`${subject.kind} ${subjectId(subject)} ${fact}`],
      ),
    ),
  );
  return ({ subject }, fact) => open.has(`${subject.kind} ${subjectId(subject)} ${fact}`);
}

/** What is destroyed depends on what was there, and of the plan itself nothing is read back. */
function judgedFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ subject }) => subject.kind !== "destroyed-resource" && subject.kind !== "plan");
}

function judged({ findings }: Report): readonly Finding[] {
  return judgedFindings(findings);
}

function keyOf({ policy, subject }: Finding): string {
  return `${policy} ${subjectId(subject)}`;
}

function byKey(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  return new Map(findings.map((finding) => [keyOf(finding), finding]));
}

function linesOf(findings: readonly Finding[]): string[] {
  return findings.map((finding) => `${finding.verdict} ${keyOf(finding)}`).sort();
}

/** Whether every verdict is the same or more decided, and no subject stands twice. */
function expectSettled(first: readonly Finding[], second: readonly Finding[], { name }: Fixture): void {
  const twice = (findings: readonly Finding[]) => {
    const keys = findings.map(keyOf);
    return keys.filter((key, at) => keys.indexOf(key) !== at);
  };
  expect(twice(second), `${name}: stands twice. ${howToRepeat()}`).toEqual([]);
  const later = byKey(second);
  // A part of which nothing is known has its name from what it refers to, or none.
  const parts = new Set(second.map(({ policy, verdict, subject }) => `${policy} ${subject.address} ${verdict}`));
  const changed = first.flatMap((finding) => {
    const now = later.get(keyOf(finding))?.verdict ?? "gone";
    // What passes in any case may turn out not to be spoken of, as with the launch type that AWS chose.
    const isDecided = finding.verdict === "pass" && now === "not-applicable";
    const isNamed = parts.has(`${finding.policy} ${finding.subject.address} ${finding.verdict}`);
    if (now === "gone" && (isNamed || finding.verdict === "not-applicable")) return [];
    const turn = `${keyOf(finding)}: ${finding.verdict}, then ${now}`;
    // PLN-003 fails where something is not known.
    const wasOpen = finding.verdict === "unknown" || finding.policy === "PLN-003";
    const isKnown = Object.hasOwn(otherwise, `${name} ${turn}`);
    return wasOpen || now === finding.verdict || isDecided || isKnown ? [] : [turn];
  });
  expect(changed, `${name}: judged otherwise. ${howToRepeat()}`).toEqual([]);
}
