import { describe, expect, it } from "vitest";
import { reportOf, subjectId } from "../check-fixture.ts";

/** What of the fixture each policy judges there. */
const judged: readonly (readonly [policy: string, of: RegExp])[] = [
  ["CICD-003", /\.scan\[/],
  ["ECR-013", /\.patterns#/],
  ["ECS-002", /\.tags#/],
  ["ECS-004", /\.users#/],
  ["ECS-007", /\.rights#/],
  ["ECS-015", /\.daemons#/],
  ["IAM-005", /\.passing#/],
  ["IAM-011", /\.execution#/],
  ["IAM-012", /_policy\.task#/],
  ["IAM-014", /\.(?:holder|nobody)\[/],
  ["SM-002", /\.(?:bad_unnamed|rotated)/],
  ["SSM-002", /\.shown\[/],
];

describe("of the cases on both sides of a line those fail whose names say so", async () => {
  const { findings } = await reportOf("edges");

  it.each(judged)("%s", (policy, of) => {
    const found = findings.filter((each) => each.policy === policy && of.test(subjectId(each.subject)));
    const failing = found.filter(({ verdict }) => verdict === "fail").map(({ subject }) => subjectId(subject));
    const bad = found.map(({ subject }) => subjectId(subject)).filter((subject) => /bad[-_]|\/Bad/.test(subject));
    expect(failing).toEqual(bad);
    expect([failing.length > 0, found.length > failing.length]).toEqual([true, true]);
  });

  it.each<[policy: string, name: string, verdict: string | undefined, because: string]>([
    ["ECS-004", "cases#bad-last", "fail", "the last of two keys in different case counts"],
    ["ECS-004", "cases#first", "pass", "the last of two keys in different case counts"],
    ["ECS-005", "cases#bad-last", "fail", "the last of two keys in different case counts"],
    ["ECS-005", "cases#first", "pass", "the last of two keys in different case counts"],
    ["ECS-011", "cases#bad-environment/DB_PASSWORD", "fail", "the last of two keys in different case counts"],
    ["CICD-003", 'scan["other"]', "unknown", "an image is built under a name with variables"],
    ["CICD-005", 'scan["detached"]', "fail", "nothing waits for a container in the background"],
    ["CICD-003", "runner", "unknown", "the commands stand in a workflow"],
    ["CICD-009", "runner#filter_group[0]", "fail", "whoever may queue a job is let in"],
    ["IAM-008", 'key["active"]#active', "fail", "a key signs"],
    ["IAM-008", 'key["inactive"]#inactive', "not-applicable", "a key that is switched off signs nothing"],
    ["IAM-009", "trust_beside_dynamic#assume_role_policy/Dynamic", "unknown", "a dynamic block stands beside"],
    ["IAM-004", "beside_dynamic#policy/Dynamic", "unknown", "a dynamic block stands beside"],
    ["IAM-013", "beside_dynamic#policy/Dynamic", "unknown", "a dynamic block stands beside"],
    ["ECR-008", "arguments#policy/Argument", "unknown", "an argument may name anybody"],
    ["IAM-001", "boundary#policy/0", undefined, "a boundary allows nobody anything"],
    ["ECR-005", 'kept["pattern-and-any"]', "unknown", "which tags are releases is unknown"],
    ["ECR-005", 'kept["any"]', "pass", "one rule keeps enough of all"],
  ])("%s %s is %s, as %s", (policy, name, verdict) => {
    const subject = findings.find((each) => each.policy === policy && subjectId(each.subject).endsWith(`.${name}`));
    expect(subject?.verdict).toBe(verdict);
  });

  it("a runner of GitHub's jobs has no buildspec, which is said", () => {
    const found = findings.find(
      ({ policy, subject }) => policy === "CICD-003" && subject.address === "aws_codebuild_project.runner",
    );
    expect(found?.message).toBe(
      "source[0].buildspec cannot be determined: the project runs jobs of GitHub Actions (WORKFLOW_JOB_QUEUED): its commands " +
        "stand in the workflow, and it uses no buildspec",
    );
  });
});
