import type { PlanResult } from "../../../cli/reporters/plan-result.ts";
import type { Finding, FindingWaiver, Report, ReportIgnored, ReportRun, Severity } from "../../../engine/index.ts";
import { causeOf } from "../../../engine/report/cause.ts";

const title = "Image tags are immutable";

interface Told {
  readonly severity?: Severity;
  readonly verdict?: Finding["verdict"];
  readonly blocking?: boolean;
  readonly address?: string | null;
  readonly name?: string | null;
  readonly message?: string;
  readonly waiver?: FindingWaiver;
  readonly location?: Finding["location"];
  readonly policy?: string;
}

function finding(number: number, told: Told): Finding {
  const verdict = told.verdict ?? "fail";
  const policy = told.policy ?? "ECR-003";
  const location = told.location ?? null;
  const subject = {
    kind: "ecr-repository",
    address: told.address === undefined ? `aws_ecr_repository.this["${number}"]` : told.address,
    name: told.name ?? null,
    action: "create" as const,
  };
  return {
    policy,
    title,
    severity: told.severity ?? "high",
    verdict,
    blocking: told.blocking ?? (verdict === "fail" && told.waiver === undefined),
    subject,
    problem: null,
    message: told.message ?? 'tagMutability (image_tag_mutability) is "MUTABLE"; it must be "IMMUTABLE"',
    notes: [],
    evidence: [],
    waiver: told.waiver ?? null,
    location,
    cause: causeOf({ policy, subject, location }).id,
    fingerprint: number.toString(16).padStart(32, "0"),
  };
}

const thresholds = { failOn: "high", onUnknown: "report", block: "all", blockAlways: null } as const;

/** Of a program that tells nothing of itself. */
const plainRun: ReportRun = {
  plimsoll: null,
  title: null,
  plan: { form: null, sha256: null, terraform: "1.11.4", timestamp: null },
  policies: { digest: null, run: ["ECR-003"], skipped: [], overrides: [] },
  configuration: { digest: null },
  thresholds,
  revision: null,
};

/** Of the command, with all that it can tell; `text` is what others chose. */
function wholeRun(text: string): ReportRun {
  return {
    plimsoll: "1.2.3",
    title: text,
    plan: { form: "saved", sha256: "a".repeat(64), terraform: "1.11.4", timestamp: "2026-11-24T08:00:00Z" },
    policies: {
      digest: `sha256:${"b".repeat(64)}`,
      run: ["ECR-003", "ECR-004"],
      skipped: [
        { policy: "ECR-005", by: "selection" },
        { policy: "NET-006", by: "override" },
      ],
      overrides: [
        { policy: "NET-006", severity: "off" },
        { policy: "ECR-*", resources: [text], failOn: "critical", onUnknown: "fail", block: "introduced" },
      ],
    },
    configuration: { digest: `sha256:${"c".repeat(64)}` },
    thresholds: { failOn: "medium", onUnknown: "fail", block: "introduced", blockAlways: "critical" },
    revision: { commit: "d".repeat(40), branch: text, repository: "https://example.com/shop/infra" },
  };
}

function withRun(result: PlanResult, run: ReportRun): PlanResult {
  if ("failure" in result) return result;
  return { ...result, report: { ...result.report, run, plan: { ...result.report.plan, sha256: "e".repeat(64) } } };
}

function report(file: string, findings: readonly Finding[], incomplete: string | null = null): Report {
  const count = (severity: Severity) =>
    findings.filter((each) => each.verdict === "fail" && each.waiver === null && each.severity === severity).length;
  const ids = [...new Set(findings.map(({ policy }) => policy))].sort();
  return {
    version: 1,
    run: plainRun,
    plan: { file, terraform: "1.11.4", formatVersion: "1.2", sha256: null, incomplete },
    resources: { total: 12, judged: 10, destroyed: 0, notEvaluated: [{ type: "aws_vpc", count: 2 }] },
    summary: {
      blocking: findings.filter(({ blocking }) => blocking).length,
      fail: { critical: count("critical"), high: count("high"), medium: count("medium"), low: count("low") },
      unknown: findings.filter(({ verdict }) => verdict === "unknown").length,
      waived: findings.filter(({ waiver }) => waiver !== null).length,
      pass: 7,
      notApplicable: 3,
    },
    policies: Object.fromEntries(
      ids.map((id) => [
        id,
        {
          title,
          severity: "high" as const,
          why: "Whoever can push can replace what a tag in production points to.",
          fix: 'Set image_tag_mutability = "IMMUTABLE" and tag images with the commit id.',
          page: "https://plimsoll.example/policies/README.md#ecr-003",
          controls: { "nist-800-190": ["4.2.2", "4.1.5"] },
        },
      ]),
    ),
    findings,
    waivers: [],
    system: null,
    nist: [],
    warnings: [],
  };
}

function plan(file: string, findings: readonly Finding[], incomplete: string | null = null): PlanResult {
  return { file, report: report(file, findings, incomplete) };
}

function withWaivers(file: string, findings: readonly Finding[], waivers: Report["waivers"]): PlanResult {
  return { file, report: { ...report(file, findings), waivers } };
}

function withIgnored(file: string, findings: readonly Finding[], ignored: readonly ReportIgnored[]): PlanResult {
  const judged = report(file, findings);
  return { file, report: { ...judged, run: { ...judged.run, ignored } } };
}

const waiver: FindingWaiver = {
  reason: "the build cache moves its tags",
  owner: "platform-team",
  expires: "2027-03-31",
  from: "plimsoll.yaml:12",
};

/** What people and programs might obey, in one place or another. */
const hostileTexts = [
  "\u001b[31mred\u001b[0m \u001b]8;;https://example.com\u0007link\u001b]8;;\u0007",
  "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
  "::error::forged ::add-mask::e ::stop-commands::x ##[add-path]/tmp",
  "line one\n::error::line two\r\nline three%0A::error::line four",
  "`code` ``two`` ```three``` **bold** _it_ ~~gone~~ | pipe \\| slash \\",
  "@octocat #1 org/repo#2 https://example.com www.example.com [text](javascript:alert(1)) ![x](y)",
  "\u202Etxt.exe\u202C \u2066isolate\u2069 \u200F",
  "quotes \" ' & < > ]]> <![CDATA[ <!-- --> --><!ENTITY x>",
  "NUL \u0000 half \uD800 pair \uFFFE",
  "n".repeat(10_000),
  "aws_ecs_service.failover: 3 failures\nFAIL - forged",
  "${{ secrets.TOKEN }} $(id) {0} {{braces}} %s",
];

function hostileFindings(verdict: Finding["verdict"]): Finding[] {
  return hostileTexts.flatMap((text, at) => [
    finding(3 * at, { verdict, address: `aws_ecr_repository.this["${text}"]`, name: text }),
    finding(3 * at + 1, { verdict, message: text, address: null, location: { file: text, line: at, of: "block" } }),
    finding(3 * at + 2, { verdict, waiver: { reason: text, owner: text, expires: null, from: text } }),
  ]);
}

const severities: readonly Severity[] = ["critical", "high", "medium", "low"];

/** Reports that formats have to cope with, by what is the matter. */
export const situations: Readonly<Record<string, readonly PlanResult[]>> = {
  "nothing-wrong": [plan("infra/plan.json", [])],
  "evidence-of-the-run": [withRun(plan("infra/plan.json", [finding(1, {})]), wholeRun("shop, production"))],
  "hostile-runs": hostileTexts.map((text, at) => withRun(plan(`${at}/plan.json`, [finding(at, {})]), wholeRun(text))),
  "only-unknowns": [
    plan("infra/plan.json", [
      finding(1, { verdict: "unknown", message: "name is known only after apply; it waits on aws_x.failover" }),
      finding(2, {
        verdict: "unknown",
        address: "aws_ecs_task_definition.api",
        name: "web",
        message: "container_definitions is known only after apply",
        location: { file: "infra/ecs.tf", line: 40, of: "attribute" },
      }),
    ]),
  ],
  "blocking-unknowns": [
    plan("infra/plan.json", [finding(1, { verdict: "unknown", blocking: true, message: "name is known after apply" })]),
  ],
  "waived-and-real": [
    withWaivers(
      "infra/plan.json",
      [
        finding(1, { severity: "critical", location: { file: "infra/ecr.tf", line: 12, of: "attribute" } }),
        finding(2, { severity: "critical", waiver }),
        finding(3, { severity: "low", blocking: false, policy: "ECR-004" }),
        finding(4, { waiver: { reason: "rebuilt nightly", owner: null, expires: null, from: "infra/ecr.tf:3" } }),
      ],
      [
        { ...waiver, policy: "ECR-003", resources: ['aws_ecr_repository.this["2"]'], state: "applied", matches: 1 },
        { ...waiver, policy: "ECS-*", resources: ["*"], state: "too-broad", matches: 9, from: "plimsoll.yaml:20" },
        { ...waiver, policy: "ECR-001", resources: ["*"], state: "expired", matches: 2, from: "plimsoll.yaml:28" },
        { ...waiver, policy: "ECR-002", resources: ["*"], state: "unused", matches: 0, from: "plimsoll.yaml:36" },
      ],
    ),
  ],
  "change-that-waives": [
    withIgnored(
      "infra/plan.json",
      [finding(1, {})],
      [
        { kind: "waiver", from: "infra/ecr.tf:3", waives: { policy: "ECR-003", reason: "fine", matches: 1 } },
        { kind: "waiver", from: "infra/ecr.tf:9", waives: null },
        { kind: "configuration", from: "plimsoll.yaml", waives: null },
        { kind: "policies", from: "infra/policies", waives: null },
      ],
    ),
  ],
  "hostile-names": [
    withIgnored(
      hostileTexts.slice(0, 3).join("/"),
      hostileFindings("fail"),
      hostileTexts.map((text) => ({ kind: "waiver", from: text, waives: { policy: text, reason: text, matches: 1 } })),
    ),
  ],
  "hostile-unknowns": [plan("infra/plan.json", hostileFindings("unknown"))],
  "five-thousand-findings": [
    plan(
      "infra/plan.json",
      Array.from({ length: 5000 }, (_, at) =>
        finding(at, {
          // Each a cause of its own.
          address: `aws_ecr_repository.this_${at}`,
          severity: severities[Math.floor(at / 1250)] ?? "low",
          blocking: at < 2500,
          policy: `ECR-${String((at % 15) + 1).padStart(3, "0")}`,
        }),
      ),
    ),
  ],
  "not-judged": [
    { file: "infra/plan.json", failure: "the input is not JSON; run: terraform show -json tfplan > plan.json" },
  ],
  incomplete: [plan("infra/plan.json", [finding(1, {})], "the plan is errored: fix the errors and plan again")],
  "many-plans": [
    plan("api/plan.json", [finding(1, {}), finding(2, { verdict: "unknown" })]),
    plan("web/plan.json", []),
    { file: "batch/plan.json", failure: "no such file" },
    plan("shop/plan.json", [finding(1, {}), finding(3, { severity: "critical" })]),
  ],
};
