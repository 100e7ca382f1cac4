import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkAll } from "../../check-fixture.ts";
import { holds } from "../../thorough.ts";
import { contradiction, grantClaims, identityClaims, refusedPushes } from "./claims.ts";
import {
  identityPolicies,
  own,
  registryPolicies,
  repositoryPolicies,
  secretPolicies,
  trustedOrganization,
  trustPolicies,
} from "./grammar.ts";
import { type Documents, planOf } from "./plan.ts";
import { decide, type StatementJson } from "./policy-language.ts";

const documents: fc.Arbitrary<Documents> = fc.record({
  repository: repositoryPolicies,
  registry: registryPolicies,
  secret: secretPolicies,
  trust: trustPolicies,
  identity: identityPolicies,
});

/** The policies that judge statements of resources' policies, and which document of a set they judge. */
const places: Readonly<
  Record<string, { readonly of: keyof Documents; readonly address: string; readonly path: string }>
> = {
  "ECR-008": { of: "repository", address: "aws_ecr_repository_policy.p", path: "policy" },
  "ECR-009": { of: "repository", address: "aws_ecr_repository_policy.p", path: "policy" },
  "ECR-011": { of: "repository", address: "aws_ecr_repository_policy.p", path: "policy" },
  "ECR-012": { of: "repository", address: "aws_ecr_repository_policy.p", path: "policy" },
  "ECR-013": { of: "registry", address: "aws_ecr_registry_policy.g", path: "policy" },
  "SM-001": { of: "secret", address: "aws_secretsmanager_secret_policy.s", path: "policy" },
  "IAM-009": { of: "trust", address: "aws_iam_role.t", path: "assume_role_policy" },
};

/** The claims of a report that a request contradicts. */
async function contradictions(all: readonly Documents[]): Promise<object[]> {
  const parameters = {
    account_ids: [own],
    trusted_org_ids: [trustedOrganization],
    require_source_condition: true,
  };
  const { findings } = await checkAll(planOf(all), { select: ["ECR-*", "IAM-*", "SM-001"], parameters });
  const verdicts = new Map(
    findings.map(({ policy, subject, verdict }) => [`${policy} ${subject.address} ${subject.name ?? ""}`, verdict]),
  );
  const verdict = (policy: string, address: string, name = "") => verdicts.get(`${policy} ${address} ${name}`) ?? null;
  return all.flatMap((set, at) => [
    ...Object.entries(places).flatMap(([policy, { of, address, path }]) =>
      set[of].flatMap((statement, index) => {
        if (verdict(policy, `${address}${at}`, `${path}/${index}`) !== "pass") return [];
        const found = contradiction(
          [statement],
          (grantClaims[policy] ?? []).map((one) => [one]),
          "resource",
        );
        return found === null ? [] : [{ policy, statement, found }];
      }),
    ),
    ...taskRole(set.trust, verdict("IAM-010", `aws_iam_role.t${at}`)),
    ...refusal(set.repository, verdict("ECR-010", `aws_ecr_repository.r${at}`)),
    ...identity(set.identity, (policy, name) =>
      policy === "IAM-014"
        ? verdict(policy, `aws_iam_role.h${at}`)
        : verdict(policy, `aws_iam_role_policy.h${at}`, name),
    ),
  ]);
}

function taskRole(trust: readonly StatementJson[], verdict: string | null): object[] {
  if (verdict !== "pass") return [];
  const sets = (grantClaims["IAM-010"] ?? []).map((one) => [one]);
  return trust.flatMap((statement) => {
    const found = contradiction([statement], sets, "resource");
    return found === null ? [] : [{ policy: "IAM-010", statement, found }];
  });
}

function refusal(repository: readonly StatementJson[], verdict: string | null): object[] {
  if (verdict !== "pass") return [];
  const found = refusedPushes.find((request) => decide(repository, request, "resource") !== "deny");
  return found === undefined ? [] : [{ policy: "ECR-010", repository, found }];
}

function identity(
  statements: readonly StatementJson[],
  verdict: (policy: string, name: string) => string | null,
): object[] {
  return Object.entries(identityClaims).flatMap(([policy, claims]) =>
    claims.flatMap(({ of, never }) => {
      const judged = policy === "IAM-014" ? [statements] : statements.map((statement) => [statement]);
      return judged.flatMap((together, index) => {
        // All but some actions are what IAM-003 judges.
        if (policy === "IAM-001" && together.some(({ NotAction }) => NotAction !== undefined)) return [];
        const outcome = verdict(policy, `policy/${index}`);
        if (of.every((claiming) => claiming !== outcome)) return [];
        const found = contradiction(together, never, "identity");
        return found === null ? [] : [{ policy, outcome, together, found }];
      });
    }),
  );
}

describe("random grants", () => {
  it("no claim of a pass is contradicted by a request", () =>
    holds(
      fc.asyncProperty(fc.array(documents, { minLength: 5, maxLength: 5 }), async (all) => {
        expect(await contradictions(all)).toEqual([]);
      }),
      "documents",
    ));

  it("of the claims each is made by some document of a small sample", async () => {
    const sample = fc.sample(documents, { numRuns: 60, seed: 1 });
    const { findings } = await checkAll(planOf(sample), {
      select: ["ECR-*", "IAM-*", "SM-001"],
      parameters: { account_ids: [own], trusted_org_ids: [trustedOrganization], require_source_condition: true },
    });
    const policies = [...Object.keys(grantClaims), "ECR-010", ...Object.keys(identityClaims)];
    const without = policies.filter((id) =>
      ["pass", "fail"].some((outcome) => !findings.some(({ policy, verdict }) => policy === id && verdict === outcome)),
    );
    // A holder that is no build role may not push at all, and few statements pass roles as IAM-005 wants it.
    expect(without).toEqual(["IAM-005", "IAM-006"]);
  });
});
