/** What a verdict claims, as requests that it says are not allowed. */
import { foreign, foreignOrganization, own, pushActions, trustedOrganization } from "./grammar.ts";
import { decide, type PolicyKind, type Principal, type Request, type StatementJson } from "./policy-language.ts";

/** An account, an organization and names that no document says: only who lets everybody in lets these in. */
const unrelated = "444455556666";
const unrelatedOrganization = "o-unrelated01";
const unsaid = "zq9";

const organizations: Readonly<Record<string, string>> = {
  [own]: trustedOrganization,
  [foreign]: foreignOrganization,
  [unrelated]: unrelatedOrganization,
};

type Context = Request["context"];

interface Caller {
  readonly principal: Principal;
  readonly context: Context;
}

const networks: readonly Context[] = [
  {},
  ...["203.0.113.7", "52.1.2.3", "198.51.100.1"].map((address) => ({ "aws:sourceip": address })),
  { "aws:sourcevpce": "vpce-0a" },
];

/** A role of an account, from anywhere. */
function identity(account: string, role: string): Caller[] {
  const name = `arn:aws:iam::${account}:role/${role}`;
  return networks.map((network) => ({
    principal: { kind: "identity", name, account },
    context: {
      "aws:principalarn": name,
      "aws:principalaccount": account,
      "aws:principalorgid": organizations[account] ?? "",
      "aws:principalisawsservice": "false",
      ...network,
    },
  }));
}

/** A service of AWS that calls for a function of an account. */
function service(name: string, account: string): Caller {
  return {
    principal: { kind: "service", name, account: null },
    context: {
      "aws:sourceaccount": account,
      "aws:sourcearn": `arn:aws:lambda:eu-west-1:${account}:function:${unsaid}`,
      "aws:sourceorgid": organizations[account] ?? "",
      "aws:principalisawsservice": "true",
    },
  };
}

const roles = ["build", "exec", "task", "ci", unsaid];
const strangers = identity(unrelated, unsaid);
const outsiders = [...[...roles, "ci/build"].flatMap((role) => identity(foreign, role)), ...strangers];
const ownRoles = roles.flatMap((role) => identity(own, role));
const notBuild = [...outsiders, ...ownRoles.filter(({ principal }) => !principal.name.endsWith("/build"))];

const foreignServices = [foreign, unrelated].flatMap((account) =>
  ["lambda.amazonaws.com", "ecs-tasks.amazonaws.com"].map((name) => service(name, account)),
);

/** What is known whoever calls. */
const always: Context = {
  "aws:resourceaccount": own,
  "aws:resourceorgid": trustedOrganization,
  "aws:requestedregion": "eu-west-1",
};

function requests(callers: readonly Caller[], actions: readonly string[], resource: string): Request[] {
  return callers.flatMap(({ principal, context }) =>
    actions.map((action) => ({ principal, action, resource, context: { ...always, ...context } })),
  );
}

const repository = (name: string) => `arn:aws:ecr:eu-west-1:${own}:repository/${name}`;
const pulls = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
const administration = ["ecr:SetRepositoryPolicy", "ecr:DeleteRepository", "ecr:PutLifecyclePolicy"];
const role = `arn:aws:iam::${own}:role/t`;

/** By policy: requests of which a statement that passes allows none. Those of ECR-010 are refused by the document. */
export const grantClaims: Readonly<Record<string, readonly Request[]>> = {
  "ECR-008": requests(strangers, [...pushActions, ...pulls, ...administration], repository("shop/api")),
  "ECR-009": requests(notBuild, pushActions, repository("shop/api")),
  "ECR-011": requests([...outsiders, ...foreignServices], pulls, repository("shop/api")),
  "ECR-012": requests([...outsiders, ...ownRoles], administration, repository("shop/api")),
  "ECR-013": [
    ...requests(strangers, ["ecr:ReplicateImage", "ecr:CreateRepository", "ecr:PutImage"], repository("shop/api")),
    ...requests(outsiders, ["ecr:ReplicateImage"], repository("shop/api")),
    ...requests(outsiders, ["ecr:ReplicateImage"], repository(unsaid)),
    ...requests(foreignServices, ["ecr:ReplicateImage"], repository("shop/api")),
    ...requests(ownRoles, ["ecr:CreateRepository", "ecr:BatchImportUpstreamImage"], repository(`${unsaid}/${unsaid}`)),
  ],
  "IAM-009": requests([...strangers, ...identity(foreign, unsaid)], ["sts:AssumeRole"], role),
  "IAM-010": requests(
    [
      ...outsiders,
      ...ownRoles,
      service("lambda.amazonaws.com", own),
      service("ecs-tasks.amazonaws.com", foreign),
      service("ecs-tasks.amazonaws.com", unrelated),
    ],
    ["sts:AssumeRole"],
    role,
  ),
  "SM-001": requests(
    [...outsiders, ...foreignServices],
    ["secretsmanager:GetSecretValue"],
    `arn:aws:secretsmanager:eu-west-1:${own}:secret:s-AbCdEf`,
  ),
};

/** Pushes that a document refuses where ECR-010 passes. */
export const refusedPushes = requests(notBuild, pushActions, repository("shop/api"));

const holder: Principal = { kind: "identity", name: `arn:aws:iam::${own}:role/h`, account: own };

function does(action: string, resource: string, context: Context = {}): Request {
  const caller = { "aws:principalaccount": own, "aws:principalarn": holder.name };
  return { principal: holder, action, resource, context: { ...always, ...caller, ...context } };
}

const inAccount = (form: string) => `arn:aws:${form.replace("*", own)}`;
const elsewhere = { "ecs:cluster": inAccount(`ecs:eu-west-1:*:cluster/${unsaid}`) };
const service9 = does("ecs:UpdateService", inAccount(`ecs:eu-west-1:*:service/${unsaid}/a`), elsewhere);
const task9 = inAccount(`ecs:eu-west-1:*:task/${unsaid}/0a`);
const reads = [
  does("ssm:GetParameters", inAccount(`ssm:eu-west-1:*:parameter/${unsaid}/db`)),
  does("secretsmanager:GetSecretValue", inAccount(`secretsmanager:eu-west-1:*:secret:${unsaid}-AbCdEf`)),
  does("kms:Decrypt", inAccount(`kms:eu-west-1:*:key/${unsaid}`)),
];
const named = [
  does("ssm:GetParameters", inAccount("ssm:eu-west-1:*:parameter/shop/db")),
  does("kms:Decrypt", inAccount("kms:eu-west-1:*:key/1234")),
];
const pushes = ["shop/api", unsaid].map((name) => does("ecr:PutImage", repository(name)));
const passes = (roleName: string, to: string) =>
  does("iam:PassRole", inAccount(`iam::*:role/${roleName}`), { "iam:passedtoservice": to });
const tasks = "ecs-tasks.amazonaws.com";
const writes = [
  service9,
  does("ecs:RunTask", inAccount(`ecs:eu-west-1:*:task-definition/${unsaid}:1`), elsewhere),
  does("iam:PutRolePolicy", inAccount(`iam::*:role/${unsaid}`)),
  does("ecr:PutImage", repository(unsaid)),
];
const sessions = [
  does("ecs:ExecuteCommand", task9, elsewhere),
  does("ssm:StartSession", task9),
  does("ssm:StartSession", inAccount("ec2:eu-west-1:*:instance/i-0a")),
];
const everything = [
  ...writes,
  ...reads,
  does("s3:PutObject", `arn:aws:s3:::${unsaid}/a`),
  does("ec2:RunInstances", inAccount("ec2:eu-west-1:*:instance/*")),
  does("logs:PutLogEvents", inAccount(`logs:eu-west-1:*:log-group:${unsaid}:log-stream:a`)),
  does("zz:Do", "*"),
];

interface IdentityClaim {
  /** The outcomes that claim it. */
  readonly of: readonly ("pass" | "not-applicable")[];
  /** Sets of requests; a claim is false where all of one set are allowed. */
  readonly never: readonly (readonly Request[])[];
}

const each = (all: readonly Request[]) => all.map((one) => [one]);

/** By policy: what a statement of an identity never allows. Those of IAM-014 are for all statements of the holder together. */
export const identityClaims: Readonly<Record<string, readonly IdentityClaim[]>> = {
  "IAM-001": [{ of: ["pass"], never: [everything] }],
  "IAM-004": [{ of: ["pass", "not-applicable"], never: each([...writes, ...reads, everything[7] ?? service9]) }],
  "IAM-005": [
    {
      of: ["not-applicable"],
      never: each(["task", unsaid].flatMap((name) => [tasks, "ec2.amazonaws.com"].map((to) => passes(name, to)))),
    },
    { of: ["pass"], never: each([passes(unsaid, tasks), passes("task", "ec2.amazonaws.com")]) },
  ],
  "IAM-006": [{ of: ["pass", "not-applicable"], never: each(pushes) }],
  "IAM-011": [
    { of: ["pass"], never: each(reads) },
    { of: ["not-applicable"], never: each([...reads, ...named]) },
  ],
  "IAM-012": [
    {
      of: ["pass", "not-applicable"],
      never: each([
        ...writes,
        ...pushes,
        passes("task", tasks),
        does("sts:AssumeRole", inAccount(`iam::*:role/${unsaid}`)),
        does("iam:PutRolePolicy", inAccount("iam::*:role/task")),
        does("lambda:UpdateFunctionCode", inAccount(`lambda:eu-west-1:*:function:${unsaid}`)),
      ]),
    },
  ],
  "IAM-013": [{ of: ["pass", "not-applicable"], never: each(sessions) }],
  "IAM-014": [
    {
      of: ["pass"],
      never: [
        ...each([
          does("iam:PutRolePolicy", inAccount(`iam::*:role/${unsaid}`)),
          does("iam:AttachUserPolicy", inAccount(`iam::*:user/${unsaid}`)),
          does("iam:CreatePolicyVersion", inAccount(`iam::*:policy/${unsaid}`)),
          does("lambda:UpdateFunctionCode", inAccount(`lambda:eu-west-1:*:function:${unsaid}`)),
        ]),
        [passes(unsaid, tasks), does("ecs:RunTask", inAccount(`ecs:eu-west-1:*:task-definition/${unsaid}:1`))],
      ],
    },
  ],
};

/** The first request, or set of requests, that contradicts a claim; null where none does. */
export function contradiction(
  statements: readonly StatementJson[],
  sets: readonly (readonly Request[])[],
  kind: PolicyKind,
): readonly Request[] | null {
  return sets.find((set) => set.every((request) => decide(statements, request, kind) === "allow")) ?? null;
}
