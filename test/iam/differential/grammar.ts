/** Random policy documents: few names and many ways to say them, so that statements meet and override one another. */
import fc from "fast-check";
import type { StatementJson } from "./policy-language.ts";

export const own = "111122223333";
export const foreign = "999988887777";
export const trustedOrganization = "o-trusted0001";
export const foreignOrganization = "o-foreign9999";

const accounts = [own, foreign];
const roles = ["build", "exec", "task", "ci", "ci/build"];

function some<T>(values: readonly T[], most = 2): fc.Arbitrary<T[]> {
  return fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most });
}

const roleArns = accounts.flatMap((account) => roles.map((role) => `arn:aws:iam::${account}:role/${role}`));
const principals: fc.Arbitrary<NonNullable<StatementJson["Principal"]>> = fc.oneof(
  { weight: 4, arbitrary: fc.constant("*" as const) },
  { weight: 2, arbitrary: fc.constant({ AWS: "*" }) },
  {
    weight: 5,
    arbitrary: some([...roleArns, ...accounts, ...accounts.map((id) => `arn:aws:iam::${id}:root`)]).map((AWS) => ({
      AWS,
    })),
  },
  { weight: 2, arbitrary: some(["lambda.amazonaws.com", "ecs-tasks.amazonaws.com"]).map((Service) => ({ Service })) },
  {
    weight: 1,
    arbitrary: fc
      .record({ AWS: some(roleArns), Service: fc.constant("lambda.amazonaws.com") })
      .map((both): Readonly<Record<string, string | string[]>> => both),
  },
);

const arnValues = [
  ...roleArns,
  ...accounts.flatMap((id) => [`arn:aws:iam::${id}:role/*`, `arn:aws:iam::${id}:*`, `arn:aws:iam::${id}:role/b*`]),
  "arn:aws:iam::*:role/build",
  "arn:aws:iam::${aws:PrincipalAccount}:role/build",
  "arn:aws:iam::${aws:ResourceAccount}:role/build",
  "arn:*:iam::111122223333:role/build",
  "arn:aws:iam::*:role/aws-service-role/*",
  "*",
];
const valuesByKey: Readonly<Record<string, readonly string[]>> = {
  "aws:PrincipalArn": arnValues,
  "aws:PrincipalAccount": [own, foreign, "${aws:ResourceAccount}", "${aws:PrincipalAccount}", "*", "9999*"],
  "aws:PrincipalOrgID": [
    trustedOrganization,
    foreignOrganization,
    "${aws:ResourceOrgID}",
    "${aws:PrincipalOrgID}",
    "o-*",
  ],
  "aws:SourceAccount": [own, foreign, "${aws:ResourceAccount}", "${aws:SourceAccount}"],
  "aws:SourceArn": [
    ...accounts.map((id) => `arn:aws:lambda:eu-west-1:${id}:function:*`),
    "arn:aws:lambda:*:*:function:*",
    `arn:aws:ecs:eu-west-1:${own}:*`,
  ],
  "aws:SourceOrgID": [trustedOrganization, foreignOrganization, "${aws:ResourceOrgID}"],
  "aws:SourceVpce": ["vpce-0a", "vpce-*"],
  "aws:PrincipalIsAWSService": ["false", "true", "False"],
  "aws:RequestedRegion": ["eu-west-1"],
};

const operatorNames = ["StringEquals", "StringLike", "StringNotEquals", "StringNotLike", "StringEqualsIgnoreCase"];
const forms = ["", "", "", "IfExists"];

type Condition = NonNullable<StatementJson["Condition"]>;

/** @param likelyKeys the keys that are drawn most */
function condition(likelyKeys: readonly string[]): fc.Arbitrary<Condition> {
  const key = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...likelyKeys) },
    { weight: 2, arbitrary: fc.constantFrom(...Object.keys(valuesByKey)) },
  );
  const one = key.chain((name): fc.Arbitrary<Condition> => {
    const isArn = name.endsWith("Arn");
    if (name === "aws:PrincipalIsAWSService")
      return some(valuesByKey[name] ?? []).map((values) => ({ Bool: { [name]: values } }));
    const operator = fc
      .tuple(
        fc.constantFrom("", "", "", "ForAllValues:", "ForAnyValue:"),
        fc.constantFrom(
          ...(isArn
            ? [...operatorNames, "ArnLike", "ArnLike", "ArnEquals", "ArnNotLike", "ArnNotLike"]
            : operatorNames),
        ),
        fc.constantFrom(...forms),
      )
      .map((parts) => parts.join(""));
    return fc.tuple(operator, some(valuesByKey[name] ?? []), fc.boolean()).map(([written, values, isRequired]) => ({
      [written]: { [name]: values },
      ...(isRequired && /IfExists|ForAll/.test(written) ? { Null: { [name]: "false" } } : {}),
    }));
  });
  const address = some(["203.0.113.0/24", "52.0.0.0/8", "0.0.0.0/1", "128.0.0.0/1"]).map(
    (ranges): Condition => ({ IpAddress: { "aws:SourceIp": ranges } }),
  );
  return fc
    .array(fc.oneof({ weight: 6, arbitrary: one }, { weight: 1, arbitrary: address }), { maxLength: 2 })
    .map((all) => Object.assign({}, ...all));
}

const callerKeys = ["aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:SourceAccount"];

interface Shape {
  readonly actions: readonly string[];
  readonly resources: readonly string[] | null;
  readonly principals: boolean;
  readonly keys: readonly string[];
  readonly denies: number;
}

function statement({
  actions,
  resources,
  principals: hasPrincipals,
  keys,
  denies,
}: Shape): fc.Arbitrary<StatementJson> {
  const effect = fc.oneof(
    { weight: 10 - denies, arbitrary: fc.constant("Allow") },
    { weight: denies, arbitrary: fc.constant("Deny") },
  );
  const action = fc.oneof(
    { weight: 6, arbitrary: some(actions, 4).map((Action) => ({ Action })) },
    { weight: 1, arbitrary: some(actions).map((NotAction) => ({ NotAction })) },
  );
  const principal = hasPrincipals
    ? fc.oneof(
        { weight: 12, arbitrary: principals.map((Principal) => ({ Principal })) },
        { weight: 1, arbitrary: some(roleArns).map((AWS) => ({ NotPrincipal: { AWS } })) },
      )
    : fc.constant({});
  const resource =
    resources === null
      ? fc.constant({})
      : fc.oneof(
          { weight: 9, arbitrary: some(resources, 3).map((Resource) => ({ Resource })) },
          { weight: hasPrincipals ? 0 : 1, arbitrary: some(resources).map((NotResource) => ({ NotResource })) },
        );
  return fc.tuple(effect, action, principal, resource, condition(keys)).map(([Effect, one, two, three, Condition]) => ({
    Effect,
    ...one,
    ...two,
    ...three,
    ...(Object.keys(Condition).length === 0 ? {} : { Condition }),
  }));
}

export const pushActions = [
  "ecr:PutImage",
  "ecr:InitiateLayerUpload",
  "ecr:UploadLayerPart",
  "ecr:CompleteLayerUpload",
];

const repositoryAction = [...pushActions, "ecr:*", "ecr:Put*", "ecr:*Layer*", "ecr:BatchGetImage", "ecr:Batch*", "*"];

/** The policy of a repository; some are a Deny of pushes with others beside it. */
export const repositoryPolicies = fc.oneof(
  documents({ actions: repositoryAction, resources: null, principals: true, keys: callerKeys, denies: 2 }),
  fc
    .array(
      fc
        .tuple(condition(["aws:PrincipalArn"]), fc.constantFrom<string | string[]>("ecr:*", "*", pushActions))
        .map(([Condition, Action]) => ({ Effect: "Deny", Principal: "*" as const, Action, Condition })),
      { minLength: 1, maxLength: 2 },
    )
    .map((all): StatementJson[] => all),
);

export const registryPolicies = documents({
  actions: ["ecr:ReplicateImage", "ecr:CreateRepository", "ecr:BatchImportUpstreamImage", "ecr:*", "s3:*"],
  resources: [
    "*",
    ..."arn:aws:ecr:*,arn:aws:ecr:eu-west-1:*,?*,arn:*".split(","),
    ...["*", "?*", "shop/*", "shop/api"].map((name) => `arn:aws:ecr:eu-west-1:${own}:repository/${name}`),
    `arn:aws:ecr:eu-west-1:${own}:repository*`,
  ],
  principals: true,
  keys: callerKeys,
  denies: 1,
});

export const secretPolicies = documents({
  actions: ["secretsmanager:GetSecretValue", "secretsmanager:*", "*", "kms:Decrypt"],
  resources: ["*"],
  principals: true,
  keys: callerKeys,
  denies: 1,
});

export const trustPolicies = documents({
  actions: ["sts:AssumeRole", "sts:*", "sts:TagSession"],
  resources: null,
  principals: true,
  keys: callerKeys,
  denies: 1,
});

const arns = [
  "*",
  "arn:aws",
  ..."iam,ecr,ssm,s3,ecs,kms,secretsmanager".split(",").map((service) => `arn:aws:${service}`),
  ...["role/*", "role/task", "role/${aws:username}", "*", "user/*", "policy/*"].map(
    (part) => `arn:aws:iam::${own}:${part}`,
  ),
  `arn:aws:iam::${own}`,
  "arn:aws:iam::*:role/*",
  ...["repository/*", "repository/shop/api", "repository/shop/*"].flatMap((part) =>
    [own, "*", "????????????", "${aws:PrincipalAccount}"].map((id) => `arn:aws:ecr:*:${id}:${part}`),
  ),
  ...["parameter/shop/*", "parameter/*", "para*", "parameter/shop/db"].flatMap((part) =>
    ["eu-west-1", "*"].map((region) => `arn:aws:ssm:${region}:${own}:${part}`),
  ),
  `arn:aws:secretsmanager:*:${own}:secret:shop/*`,
  `arn:aws:secretsmanager:*:${own}:secret:*`,
  `arn:aws:kms:eu-west-1:${own}:key/*`,
  `arn:aws:kms:eu-west-1:${own}:key/1234`,
  ...["service/*", "task/*", "task/dev/*", "cluster/*", "cluster/dev", "task-definition/*", "*"].map(
    (part) => `arn:aws:ecs:eu-west-1:${own}:${part}`,
  ),
  "arn:aws:s3:::assets/*",
  "arn:aws:s3:::*",
  "arn:aws:lambda:eu-west-1:111122223333:function:*",
];

const identityActions = [
  ..."*,iam:*,iam:PassRole,iam:Pass*,iam:PutRolePolicy,iam:AttachUserPolicy,iam:CreatePolicyVersion".split(","),
  ..."ecs:RunTask,ecs:RegisterTaskDefinition,ecs:UpdateService,ecs:ExecuteCommand,ecs:*,ecr:PutImage,ecr:*".split(","),
  ..."ssm:GetParameters,ssm:Get*,ssm:StartSession,secretsmanager:GetSecretValue,kms:Decrypt,kms:*".split(","),
  ..."s3:GetObject,s3:PutObject,s3:*,sts:AssumeRole,lambda:UpdateFunctionCode,logs:PutLogEvents".split(","),
];

const identityValues: Readonly<Record<string, readonly string[]>> = {
  "iam:PassedToService": ["ecs-tasks.amazonaws.com", "ec2.amazonaws.com", "*", "ecs*.amazonaws.com"],
  "ecs:cluster": [`arn:aws:ecs:eu-west-1:${own}:cluster/dev`, `arn:aws:ecs:*:${own}:cluster/*`, "*"],
  "aws:RequestedRegion": ["eu-west-1"],
};

const identityCondition = fc.array(
  fc
    .tuple(
      fc.constantFrom(...Object.keys(identityValues)),
      fc.constantFrom("StringEquals", "StringLike", "StringLike", "StringEqualsIfExists", "StringNotEquals"),
    )
    .chain(([key, operator]) =>
      some(identityValues[key] ?? []).map((values): Condition => ({ [operator]: { [key]: values } })),
    ),
  { maxLength: 2 },
);

/** The policies of an identity: its statements come together. */
export const identityPolicies = fc.array(
  fc
    .tuple(
      statement({ actions: identityActions, resources: arns, principals: false, keys: callerKeys, denies: 1 }),
      identityCondition,
      fc.integer({ min: 0, max: 2 }),
    )
    .map(([one, conditions, chance]): StatementJson => {
      const { Condition: _, ...bare } = one;
      const Condition: Condition = Object.assign({}, ...conditions);
      return chance === 0 && conditions.length > 0 ? { ...bare, Condition } : bare;
    }),
  { minLength: 1, maxLength: 3 },
);

function documents(shape: Shape): fc.Arbitrary<StatementJson[]> {
  return fc.array(statement(shape), { minLength: 1, maxLength: 3 });
}
