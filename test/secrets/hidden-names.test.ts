import { describe, expect, it } from "vitest";
import { factsText } from "../../cli/reporters/facts-text.ts";
import { text } from "../../cli/reporters/text.ts";
import { facts } from "../../engine/index.ts";
import { checkAll, encode } from "../check-fixture.ts";

// Names within a text that is sensitive as a whole are a part of it: no fact, name, message or note shows them.

const planted = "Zq7planted";
const statement = (more: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: planted, Effect: "Allow", ...more }] });

const wholes: readonly (readonly [what: string, type: string, attribute: string, after: object])[] = [
  [
    "containers",
    "aws_ecs_task_definition",
    "container_definitions",
    {
      family: "t",
      container_definitions: JSON.stringify([
        {
          name: planted,
          image: `${planted}:1`,
          command: ["sh", "-c", `export ${planted}_PASSWORD=1234567`],
          environment: [{ name: `${planted}_PASSWORD`, value: "1234567" }],
          dockerLabels: { [planted]: "x" },
        },
      ]),
    },
  ],
  [
    "statements of an identity",
    "aws_iam_policy",
    "policy",
    { name: "p", policy: statement({ Action: "*", Resource: "*" }) },
  ],
  [
    "statements of a trust",
    "aws_iam_role",
    "assume_role_policy",
    { name: "r", assume_role_policy: statement({ Principal: { AWS: "*" }, Action: "sts:AssumeRole" }) },
  ],
  [
    "statements of a repository",
    "aws_ecr_repository_policy",
    "policy",
    { repository: "api", policy: statement({ Principal: "*", Action: "ecr:*" }) },
  ],
  [
    "statements of a secret",
    "aws_secretsmanager_secret_policy",
    "policy",
    {
      secret_arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s",
      policy: statement({ Principal: "*", Action: "*" }),
    },
  ],
];

describe.each(wholes)("%s", (_, type, attribute, after) => {
  const resource = { address: `${type}.x`, mode: "managed", type, name: "x" };
  const plan = (sensitive: object) =>
    encode({
      format_version: "1.2",
      resource_changes: [
        {
          ...resource,
          provider_name: "registry.terraform.io/hashicorp/aws",
          change: { actions: ["create"], before: null, after, after_unknown: {}, after_sensitive: sensitive },
        },
      ],
      configuration: { root_module: { resources: [{ ...resource, expressions: {} }] } },
    });
  const shown = async (bytes: Uint8Array) => {
    const [report, known] = [await checkAll(bytes, { system: true }), await facts(bytes)];
    const page = text([{ file: "plan.json", report }], { colours: false, columns: 200, cwd: "/", version: "0.0.0" });
    return [[...page].join(""), JSON.stringify(report), factsText(known, { colours: false, columns: 200 })].join("\n");
  };

  it("are shown where they are not sensitive", async () => {
    expect(await shown(plan({}))).toContain(planted);
  });

  it("are not shown where the whole is", async () => {
    expect(await shown(plan({ [attribute]: true }))).not.toContain(planted);
  });
});
