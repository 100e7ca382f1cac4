import { describe, expect, it } from "vitest";
import { facts } from "../../engine/index.ts";
import { checkAll, encode } from "../check-fixture.ts";

/** More than a call takes arguments. */
const count = 130_000;
const list = Array.from({ length: count }, (_, at) => `value-${at}`);

/** A plan of one resource. */
function planOf(type: string, after: object, more: { sensitive?: unknown; expressions?: object; plan?: object } = {}) {
  const resource = { mode: "managed", type, name: "x" };
  return {
    format_version: "1.2",
    resource_changes: [
      {
        ...resource,
        address: `${type}.x`,
        provider_name: "registry.terraform.io/hashicorp/aws",
        change: {
          actions: ["create"],
          before: null,
          after,
          after_unknown: {},
          after_sensitive: more.sensitive ?? {},
        },
      },
    ],
    configuration: { root_module: { resources: [{ ...resource, expressions: more.expressions ?? {} }] } },
    ...more.plan,
  };
}

const repository = { name: "x", image_tag_mutability: "IMMUTABLE" };

describe("lists of 130,000 elements", () => {
  it.each<[string, unknown]>([
    ["that the plan marks", planOf("aws_ecr_repository", { ...repository, list }, { sensitive: { list: true } })],
    [
      "in a sensitive variable and its default",
      planOf("aws_ecr_repository", repository, {
        plan: {
          variables: { v: { value: list } },
          configuration: { root_module: { variables: { v: { sensitive: true, default: list } } } },
        },
      }),
    ],
    [
      "in an output",
      planOf("aws_ecr_repository", repository, {
        plan: {
          output_changes: { o: { actions: ["create"], after: list, after_sensitive: true } },
          configuration: { root_module: { outputs: { o: { sensitive: true, expression: {} } } } },
        },
      }),
    ],
    [
      "in the value of a parameter",
      planOf("aws_ssm_parameter", { name: "x", type: "String", value: JSON.stringify(list) }),
    ],
    [
      "as keys of the value of a parameter",
      planOf("aws_ssm_parameter", {
        name: "x",
        type: "String",
        value: JSON.stringify(Object.fromEntries(list.map((key) => [key, 1]))),
      }),
    ],
    [
      "in the command of a container",
      planOf("aws_ecs_task_definition", {
        family: "x",
        container_definitions: JSON.stringify([{ name: "web", image: "web", command: list }]),
      }),
    ],
    [
      "in the principals of a statement",
      planOf("aws_iam_role", {
        name: "x",
        assume_role_policy: JSON.stringify({
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: list } }],
        }),
      }),
    ],
  ])("%s", { timeout: 120_000 }, async (_, plan) => {
    const { resources } = await checkAll(encode(plan), {
      select: ["PLN-001", "ECR-003", "SSM-*", "ECS-012", "IAM-008"],
    });
    expect(resources.total).toBe(1);
  });
});

describe("values that nest deeper than calls can", () => {
  const deep = `${"[".repeat(20_000)}"x"${"]".repeat(20_000)}`;
  /** JSON.stringify nests its calls: the deep part is put in as text. */
  const bytesOf = (plan: unknown, inner: string) =>
    new TextEncoder().encode(JSON.stringify(plan).replaceAll('"DEEP"', inner).replaceAll('"OTHER"', deep));

  it.each([
    ["equal to its default", deep, true],
    ["unlike its default", deep.replace("x", "y"), null],
    ["no list, where its default is one", '"x"', false],
  ])("a variable that is %s", async (_, value, isWritten) => {
    const plan = planOf(
      "aws_ssm_parameter",
      { name: "x", type: "SecureString", value: "x" },
      {
        plan: {
          variables: { v: { value: "DEEP" } },
          configuration: {
            root_module: {
              variables: { v: { default: "OTHER" } },
              resources: [
                {
                  mode: "managed",
                  type: "aws_ssm_parameter",
                  name: "x",
                  expressions: { value: { references: ["var.v"] } },
                },
              ],
            },
          },
        },
      },
    );
    const { subjects } = await facts(bytesOf(plan, value), { address: "aws_ssm_parameter.x" });
    const material = subjects.find(({ kind }) => kind === "secret-material");
    expect(material?.facts["isWritten"]?.value).toBe(isWritten);
  });

  it("an attribute of any resource", async () => {
    const plan = planOf("aws_ecr_repository", { ...repository, tags: "DEEP" });
    const { subjects } = await facts(bytesOf(plan, deep), { address: "aws_ecr_repository.x" });
    expect(subjects.map(({ kind }) => kind)).toContain("resource");
  });
});
