import type { Statement } from "../model/policy-document.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { allOf, anyOf, listIf, not, test } from "../three-valued.ts";
import { grants } from "./actions.ts";
import { limitsPassedToService, passedToServices } from "./pass-role.ts";
import { isResourceWide } from "./wide-resources.ts";

/**
 * Sets of actions with which a holder gets more rights than it was given. The first decides: it must be allowed on any
 * resource. The others may come from other statements of the holder.
 */
export const defaultCombinations: readonly string[] = [
  "iam:CreatePolicyVersion",
  "iam:SetDefaultPolicyVersion",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:AttachGroupPolicy",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:PutGroupPolicy",
  "iam:UpdateAssumeRolePolicy+sts:AssumeRole",
  "iam:CreateAccessKey",
  "iam:PassRole+ecs:RegisterTaskDefinition+ecs:RunTask",
  "iam:PassRole+ecs:RegisterTaskDefinition+ecs:UpdateService",
  "iam:PassRole+ecs:RegisterTaskDefinition+ecs:CreateService",
  "iam:PassRole+codebuild:CreateProject+codebuild:StartBuild",
  "iam:PassRole+codebuild:UpdateProject+codebuild:StartBuild",
  "iam:PassRole+lambda:CreateFunction+lambda:InvokeFunction",
  "codebuild:UpdateProject+codebuild:StartBuild",
];

/** The service that a role is passed to with the actions of a service. */
const receivers: Readonly<Record<string, string>> = {
  ecs: "ecs-tasks.amazonaws.com",
  codebuild: "codebuild.amazonaws.com",
  lambda: "lambda.amazonaws.com",
};

/** The combinations that the statements of one holder allow together; `open` says that it may hold others. */
export function escalationsOf(
  statements: readonly Statement[],
  open: Unknown | null,
  combinations: readonly string[],
): Maybe<string>[] {
  const held = new Map<string, Maybe<boolean>>();
  const isHeld = (action: string) => {
    const known =
      held.get(action) ?? anyOf([...statements.map((statement) => grants(statement, action)), open ?? false]);
    held.set(action, known);
    return known;
  };
  return combinations.flatMap((combination): Maybe<string>[] => {
    const [deciding = "", ...others] = combination.split("+");
    // What no statement allows is not looked at further.
    const areHeld = allOf([deciding, ...others].map(isHeld));
    if (areHeld === false) return [];
    const isDecided = anyOf([...statements.map((statement) => decides(statement, deciding, others)), open ?? false]);
    return listIf(allOf([areHeld, isDecided]), combination);
  });
}

function decides(statement: Statement, action: string, others: readonly string[]): Maybe<boolean> {
  const service = others[0]?.split(":")[0] ?? "";
  const receiver = action === "iam:PassRole" && Object.hasOwn(receivers, service) ? receivers[service] : undefined;
  return allOf([
    grants(statement, action),
    isResourceWide(statement),
    receiver === undefined || mayPassTo(statement, receiver),
  ]);
}

function mayPassTo(statement: Statement, receiver: string): Maybe<boolean> {
  const services = passedToServices(statement);
  return anyOf([
    not(limitsPassedToService(statement)),
    services instanceof Unknown
      ? services
      : anyOf(services.map((service) => test(service, (name) => name === receiver))),
  ]);
}
