import { describe, expect, it } from "vitest";
import { defaultCombinations } from "../../engine/iam/escalation-combinations.ts";
import { escalationsOf } from "../../engine/iam/escalations.ts";
import type { Statement } from "../../engine/model/policy-document.ts";
import type { Unknown } from "../../engine/plan/unknown.ts";
import { later, shown, statement } from "./statement.ts";

/** What KICS has a check for, and what stood beside it: each must be found. */
const labelled = [
  "iam:UpdateLoginProfile",
  "iam:CreateLoginProfile",
  "iam:AddUserToGroup",
  "iam:PassRole+ec2:RunInstances",
  "iam:PassRole+cloudformation:CreateStack",
  "iam:PassRole+glue:CreateDevEndpoint",
  "glue:UpdateDevEndpoint",
  "lambda:UpdateFunctionCode",
  "iam:PassRole+lambda:CreateFunction+lambda:CreateEventSourceMapping",
  "iam:PassRole+lambda:CreateFunction+lambda:AddPermission",
  "iam:PassRole+ecs:RunTask",
  "iam:PassRole+ecs:StartTask",
  "iam:PassRole+scheduler:CreateSchedule",
  "iam:PassRole+events:PutRule+events:PutTargets",
  "iam:PassRole+codebuild:CreateProject+codebuild:StartBuildBatch",
  "iam:PassRole+states:CreateStateMachine+states:StartExecution",
  "iam:DeleteRolePermissionsBoundary",
  "iam:PutRolePermissionsBoundary",
];

function found(...statements: readonly Statement[]): unknown {
  return shown(escalationsOf({ statements, mayAllow: null, mayDeny: null }, defaultCombinations));
}

const allow = (actions: readonly string[], resource = "*") => statement({ Action: actions, Resource: resource });
const deny = (action: string) => ({ ...statement({ Action: action, Resource: "*" }), effect: "Deny" });

it("the catalogue has each combination once", () => {
  expect(labelled.filter((each) => !defaultCombinations.includes(each))).toEqual([]);
  expect(new Set(defaultCombinations).size).toBe(defaultCombinations.length);
});

describe.each(defaultCombinations)("%s", (combination) => {
  const actions = combination.split("+");
  const [deciding = ""] = actions;

  it("is found where one statement allows all of it, and where several do", () => {
    expect(found(allow(actions))).toContain(combination);
    expect(found(...actions.map((action) => allow([action])))).toContain(combination);
  });

  it("is not where one action is missing, or is denied", () => {
    for (const without of actions) {
      expect(found(allow(actions.filter((action) => action !== without)))).not.toContain(combination);
      expect(found(allow(actions), deny(without))).not.toContain(combination);
    }
  });

  it("is open where one action is not told", () => {
    const others = actions.slice(1);
    const open = statement({ Action: [later, ...others], Resource: "*" });
    expect(found(open)).not.toContain(combination);
    expect(found(open)).toContain("unknown");
  });

  it("is not where a Deny takes the action that decides", () => {
    expect(found(allow(["*"]), deny(deciding))).not.toContain(combination);
  });
});

describe("a permissions boundary", () => {
  const bounded = (boundary: readonly Statement[], missing: Unknown | null = null) =>
    shown(
      escalationsOf(
        {
          statements: [allow(["iam:PutRolePolicy"])],
          mayAllow: null,
          mayDeny: null,
          boundary: { version: "2012-10-17", statements: boundary, missing },
        },
        ["iam:PutRolePolicy"],
      ),
    );

  it("allows at most what it says", () => {
    expect(bounded([allow(["*"])])).toEqual(["iam:PutRolePolicy"]);
    expect(bounded([allow(["s3:*"])])).toEqual([]);
    expect(bounded([allow(["*"]), deny("iam:*")])).toEqual([]);
    expect(bounded([allow(["iam:*"], "arn:aws:iam::111122223333:role/app")])).toEqual([]);
    expect(bounded([allow(["s3:*"])], later)).toEqual(["unknown"]);
  });
});
