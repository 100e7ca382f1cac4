import { describe, expect, it } from "vitest";
import { isGrantedOnAny } from "../../engine/iam/any-resource-grants.ts";
import { awsManagedPolicyName, loadManagedPolicies } from "../../engine/iam/managed-policies.ts";
import { managedStatements } from "../../engine/iam/managed-policy-table.ts";
import { repositoryType, roleType } from "../../engine/iam/resource-types.ts";
import { Unknown } from "../../engine/plan/unknown.ts";

const { documentOf } = await loadManagedPolicies();

it.each([
  ["arn:aws:iam::aws:policy/AdministratorAccess", "AdministratorAccess"],
  ["arn:aws-cn:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy", "AmazonECSTaskExecutionRolePolicy"],
  ["arn:aws:iam::111122223333:policy/AdministratorAccess", null],
  ["AdministratorAccess", null],
])("%s is the AWS managed policy %s", (arn, name) => {
  expect(awsManagedPolicyName(arn)).toBe(name);
});

it.each([
  ["AdministratorAccess", [{ Effect: "Allow", Action: ["*"], Resource: ["*"] }]],
  [
    "PowerUserAccess",
    [
      { Effect: "Allow", NotAction: ["account:*", "iam:*", "organizations:*"], Resource: ["*"] },
      {
        Effect: "Allow",
        Action: [
          "account:GetAccountInformation",
          "account:GetGovCloudAccountInformation",
          "account:GetPrimaryEmail",
          "account:ListRegions",
          "iam:CreateServiceLinkedRole",
          "iam:DeleteServiceLinkedRole",
          "iam:ListRoles",
          "organizations:DescribeEffectivePolicy",
          "organizations:DescribeOrganization",
        ],
        Resource: ["*"],
      },
    ],
  ],
  [
    "AmazonECSTaskExecutionRolePolicy",
    [
      {
        Effect: "Allow",
        Action: [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:GetAuthorizationToken",
          "ecr:GetDownloadUrlForLayer",
          "logs:CreateLogStream",
          "logs:PutLogEvents",
        ],
        Resource: ["*"],
      },
    ],
  ],
  [
    "AmazonS3ReadOnlyAccess",
    [
      {
        Effect: "Allow",
        Action: ["s3-object-lambda:Get*", "s3-object-lambda:List*", "s3:Describe*", "s3:Get*", "s3:List*"],
        Resource: ["*"],
      },
    ],
  ],
  [
    "AWSLambda_FullAccess",
    expect.arrayContaining([
      {
        Effect: "Allow",
        Action: ["iam:PassRole"],
        Resource: ["*"],
        Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
      },
    ]),
  ],
  ["AWSDenyAll", [{ Effect: "Deny", Action: ["*"], Resource: ["*"] }]],
  // Those of service-linked roles, and names that are none.
  ["AmazonECSServiceRolePolicy", null],
  ["toString", null],
])("the statements of %s", (name, statements) => {
  expect(managedStatements(name)).toEqual(statements);
});

describe("what policies of AWS allow", () => {
  it.each<[name: string, push: boolean, passRole: boolean, readSecrets: boolean]>([
    ["AdministratorAccess", true, true, true],
    ["PowerUserAccess", true, false, true],
    ["IAMFullAccess", false, true, false],
    ["ReadOnlyAccess", false, false, false],
    ["SecurityAudit", false, false, false],
    ["ViewOnlyAccess", false, false, false],
    ["AmazonECSTaskExecutionRolePolicy", false, false, false],
    ["AmazonSSMManagedInstanceCore", false, false, false],
    ["SecretsManagerReadWrite", false, false, true],
    ["AmazonEC2ContainerRegistryFullAccess", true, false, false],
    ["AmazonEC2ContainerRegistryPowerUser", true, false, false],
    ["AmazonEC2ContainerRegistryReadOnly", false, false, false],
    ["AmazonEC2ContainerRegistryPullOnly", false, false, false],
    ["EC2InstanceProfileForImageBuilderECRContainerBuilds", true, false, false],
    ["AmazonECS_FullAccess", false, true, false],
    ["AWSCodeBuildAdminAccess", false, false, false],
    ["AmazonElasticContainerRegistryPublicPowerUser", false, false, false],
    ["AWSDenyAll", false, false, false],
  ])("%s: push %s, pass roles %s, read secrets %s", (name, ...expected) => {
    const document = documentOf(`arn:aws:iam::aws:policy/${name}`, "policy_arn");
    if (document === null || document instanceof Unknown) throw new TypeError(`${name} is not known`);
    const identity = { statements: document.statements, missing: null, outside: null, boundary: null };
    const secretType = { format: "secretsmanager:*:*:secret:*", terraformType: "aws_secretsmanager_secret" };
    const may = (action: string, type: typeof secretType) => isGrantedOnAny(identity, action, type, "at-times");
    expect([
      may("ecr:PutImage", repositoryType),
      may("iam:PassRole", roleType),
      may("secretsmanager:GetSecretValue", secretType),
    ]).toEqual(expected);
  });
});

describe("the document that an ARN names", () => {
  it("has the ARNs of its partition", () => {
    const resources = (arn: string) => {
      const document = documentOf(arn, "policy_arn");
      const statements = document === null || document instanceof Unknown ? [] : document.statements;
      return statements.flatMap((each) => (Array.isArray(each.resources) ? each.resources : []));
    };
    const inChina = resources("arn:aws-cn:iam::aws:policy/AmazonSSMAutomationRole");
    expect(resources("arn:aws:iam::aws:policy/service-role/AmazonSSMAutomationRole").slice(0, 1)).toEqual([
      "arn:aws:lambda:*:*:function:Automation*",
    ]);
    expect(inChina.slice(0, 1)).toEqual(["arn:aws-cn:lambda:*:*:function:Automation*"]);
  });

  it("is unknown where the table does not have it, and none where it is a policy of an account", () => {
    expect(documentOf("arn:aws:iam::aws:policy/NewAccess", "policy_arn")).toEqual(
      new Unknown("no-join", [], "the statements of the AWS managed policy NewAccess"),
    );
    expect(documentOf("arn:aws:iam::111122223333:policy/AdministratorAccess", "policy_arn")).toBe(null);
  });

  it("is read once", () => {
    const arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    expect(documentOf(arn, "policy_arn")).toBe(documentOf(arn, "policy_arn"));
  });
});
