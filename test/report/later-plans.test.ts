import { describe, expect, it } from "vitest";
import { text } from "../../cli/reporters/text.ts";
import type { CheckOptions, Finding, Report } from "../../engine/index.ts";
import { checkAll, encode, type PlanJson, planBytes, planDocument } from "../check-fixture.ts";

const waiver = {
  policy: "ECR-003",
  fingerprint: null,
  reason: "an old stack",
  owner: null,
  expires: null,
  maxMatches: 1,
  from: "plimsoll.yaml:3",
};
const present = "aws_ecr_repository.moved_here";
const previous = "aws_ecr_repository.was_there";

function shown(report: Report): string {
  return [...text([{ file: "plan.json", report }], { colours: false, columns: 200, cwd: "/", version: "0.0.0" })].join(
    "",
  );
}

/** The plan before somebody wrote the moved block. */
function beforeTheMove(): PlanJson {
  const text = JSON.stringify(planDocument("changes")).replaceAll("moved_here", "was_there");
  return JSON.parse(text.replaceAll(/"previous_address":"[^"]*",/g, ""));
}

function isOfWaiver(warning: string): boolean {
  return warning.includes("waives");
}

function isOfOverride(warning: string): boolean {
  return warning.includes("override");
}

function findingAt({ findings }: Report, address: string): Finding {
  const found = findings.find(({ policy, subject }) => policy === "ECR-003" && subject.address === address);
  if (found === undefined) throw new Error(`nothing is found at ${address}`);
  return found;
}

function checkMoved(options: Partial<CheckOptions> = {}): Promise<Report> {
  return checkAll(planBytes("changes"), { select: ["ECR-003"], ...options });
}

describe("a resource that the plan moves", () => {
  it("keeps the identity of its findings, and says where it was", async () => {
    const before = findingAt(await checkAll(encode(beforeTheMove()), { select: ["ECR-003"] }), previous);
    const report = await checkMoved();
    const { fingerprint, nextFingerprint, subject } = findingAt(report, present);
    expect(fingerprint).toBe(before.fingerprint);
    expect(nextFingerprint).toMatch(/^[0-9a-f]{32}$/);
    expect(nextFingerprint).not.toBe(fingerprint);
    expect(subject).toMatchObject({ address: present, previousAddress: previous });
    expect(shown(report)).toContain(`${present} (no-op, moved from ${previous})`);
    expect(before.subject.previousAddress).toBe(undefined);
    expect(before.nextFingerprint).toBe(undefined);
  });

  it("is waived by its old address, with a notice that names the new one", async () => {
    const { fingerprint, nextFingerprint = "" } = findingAt(await checkMoved(), present);
    for (const bound of [null, fingerprint, nextFingerprint]) {
      const old = { ...waiver, resources: [previous], fingerprint: bound };
      const { waivers, warnings, findings } = await checkMoved({ waivers: [old] });
      expect(waivers).toMatchObject([{ state: "applied", matches: 1 }]);
      expect(findings.filter((each) => each.waiver !== null).map(({ subject }) => subject.address)).toEqual([present]);
      expect(warnings.filter(isOfWaiver)).toEqual([
        `plimsoll.yaml:3: waives ECR-003 at ${previous}, which this plan moves to ${present}; name that address, for after the apply there is no other`,
      ]);
      const renewed = { ...waiver, resources: [present], fingerprint: bound };
      expect((await checkMoved({ waivers: [renewed] })).warnings.filter(isOfWaiver)).toEqual([]);
      expect((await checkMoved({ waivers: [renewed] })).waivers).toMatchObject([{ state: "applied" }]);
    }
  });
});

describe("an override of a resource that the plan moves", () => {
  it("holds by the old address, with a notice that names the new one", async () => {
    for (const severity of ["low", "off"] as const) {
      const old = { policy: "ECR-*", resources: [previous], severity };
      const { findings, warnings } = await checkMoved({ overrides: [old] });
      expect(findings.filter(({ subject }) => subject.address === present).map((each) => each.severity)).toEqual(
        severity === "off" ? [] : [severity],
      );
      expect(warnings.filter(isOfOverride)).toEqual([
        `an override of ECR-* names ${previous}, which this plan moves to ${present}; name that address, for after the apply there is no other`,
      ]);
      const renewed = await checkMoved({ overrides: [{ ...old, resources: [present] }] });
      expect(renewed.warnings.filter(isOfOverride)).toEqual([]);
      expect(renewed.findings).toEqual(findings);
    }
  });
});

describe("what was changed outside of Terraform", () => {
  const repository = "aws_ecr_repository.loosened";
  const drifted = (after: unknown) => {
    const plan = planDocument("changes");
    const change = plan.resource_changes.find(({ address }) => address === repository);
    const before = { image_tag_mutability: "IMMUTABLE", force_delete: "", name: "shop/loosened" };
    return encode({
      ...plan,
      resource_drift: [{ ...change, change: { ...change?.change, actions: ["update"], before, after } }],
    });
  };

  it("is named at the finding that it explains", async () => {
    const after = { image_tag_mutability: "MUTABLE", force_delete: null, name: "shop/loosened" };
    const report = await checkAll(drifted(after), { select: ["ECR-003", "ECR-001"] });
    expect(findingAt(report, repository).message).toContain("(image_tag_mutability was changed outside of Terraform)");
    const others = report.findings.filter(
      ({ policy, subject }) => policy !== "ECR-003" || subject.address !== repository,
    );
    expect(JSON.stringify(others)).not.toContain("outside of Terraform");
  });

  it("is said of an object that was deleted", async () => {
    expect(findingAt(await checkAll(drifted(null), { select: ["ECR-003"] }), repository).message).toContain(
      "(the object was deleted outside of Terraform)",
    );
  });
});

/** What Terraform plans for a configuration that holds one output and no resource. */
const outputsOnly = {
  format_version: "1.2",
  terraform_version: "1.11.4",
  planned_values: {
    outputs: { cluster_name: { sensitive: false, type: "string", value: "shop" } },
    root_module: {},
  },
  output_changes: {
    cluster_name: {
      actions: ["create"],
      before: null,
      after: "shop",
      after_unknown: false,
      before_sensitive: false,
      after_sensitive: false,
    },
  },
  prior_state: { format_version: "1.0", terraform_version: "1.11.4", values: { root_module: {} } },
  configuration: { root_module: { outputs: { cluster_name: { expression: { constant_value: "shop" } } } } },
  timestamp: "2026-01-01T00:00:00Z",
  applyable: true,
  complete: true,
  errored: false,
};

describe("a plan that changes no resource", () => {
  it("may hold none, and says so in a line", async () => {
    const report = await checkAll(encode(outputsOnly));
    expect(report.findings.filter(({ policy }) => policy === "PLN-001")).toMatchObject([{ verdict: "pass" }]);
    expect(report.plan.changes).toBe("outputs");
    expect(shown(report)).toContain("\nThe plan changes outputs only: what is found of resources stands already.\n");
  });

  it("may hold only such as stay as they are", async () => {
    const plan = planDocument("later-plans/empty-boundary");
    const stays = {
      ...plan,
      resource_changes: plan.resource_changes.filter(({ change }) => change.actions[0] === "no-op"),
    };
    const report = await checkAll(encode({ ...stays, planned_values: undefined, output_changes: undefined }));
    expect(report.plan.changes).toBe("none");
    expect(shown(report)).toContain("\nThe plan changes nothing: what is found stands already.\n");
  });

  it("is not usable where it lists none of those that exist, as with -refresh-only", async () => {
    const { resource_changes: _, planned_values: __, ...plan } = planDocument("changes");
    const report = await checkAll(encode(plan));
    expect(report.findings.filter(({ policy }) => policy === "PLN-001")).toMatchObject([{ verdict: "fail" }]);
  });
});
