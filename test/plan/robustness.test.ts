import { describe, expect, it } from "vitest";
import { checkAll, encode, planDocument, verdictLines } from "../check-fixture.ts";
import { command } from "../cli/command.ts";

type Values = Record<string, unknown>;

/** A plan of one repository with these planned values. */
function repositoryPlan(values: Values, unknown: Values = {}, more: Values = {}) {
  const after = {
    name: "shop/api",
    image_tag_mutability: "IMMUTABLE",
    image_scanning_configuration: [{ scan_on_push: true }],
    ...values,
  };
  return {
    format_version: "1.2",
    resource_changes: [
      {
        address: "aws_ecr_repository.x",
        mode: "managed",
        type: "aws_ecr_repository",
        name: "x",
        provider_name: "registry.terraform.io/hashicorp/aws",
        change: { actions: ["create"], before: null, after, after_unknown: unknown, after_sensitive: {} },
      },
    ],
    configuration: {
      root_module: {
        resources: [{ address: "aws_ecr_repository.x", mode: "managed", type: "aws_ecr_repository", name: "x" }],
      },
    },
    ...more,
  };
}

async function verdict(plan: unknown, policy: string): Promise<[string, string]> {
  const { findings } = await checkAll(encode(plan), { select: [policy] });
  const [finding] = findings;
  return [finding?.verdict ?? "", finding?.message ?? ""];
}

describe("an attribute of the wrong type is unknown, never a pass", () => {
  it.each<[string, string, Values, string]>([
    ["a number for a string", "ECR-003", { image_tag_mutability: 7 }, "image_tag_mutability has an unexpected shape"],
    ["an object for a string", "ECR-003", { image_tag_mutability: {} }, "image_tag_mutability has an unexpected shape"],
    [
      "a list for a string",
      "ECR-003",
      { image_tag_mutability: ["IMMUTABLE"] },
      "image_tag_mutability has an unexpected shape",
    ],
    [
      "a string for a block",
      "ECR-001",
      { image_scanning_configuration: "on" },
      "image_scanning_configuration[0].scan_on_push has an unexpected shape",
    ],
    [
      "a string for an element",
      "ECR-001",
      { image_scanning_configuration: ["on"] },
      "image_scanning_configuration[0].scan_on_push has an unexpected shape",
    ],
    [
      "a string for a boolean",
      "ECR-001",
      { image_scanning_configuration: [{ scan_on_push: "yes" }] },
      "image_scanning_configuration[0].scan_on_push has an unexpected shape",
    ],
  ])("%s", async (_, policy, values, message) => {
    expect(await verdict(repositoryPlan(values), policy)).toEqual(["unknown", message]);
  });
});

describe("keys that are names of the prototype are keys", () => {
  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("%s", async (key) => {
    const values = JSON.parse(`{"${key}": {"image_tag_mutability": "MUTABLE"}}`);
    expect(await verdict(repositoryPlan(values), "ECR-003")).toEqual([
      "pass",
      'tagMutability (image_tag_mutability) is "IMMUTABLE"',
    ]);
    // A mask that hides one of them hides nothing else.
    const mask = JSON.parse(`{"${key}": true}`);
    expect((await verdict(repositoryPlan({}, mask), "ECR-003"))[0]).toBe("pass");
  });

  it("as a parameter, they are not those of every object", async () => {
    const report = await checkAll(encode(repositoryPlan({})), {
      parameters: JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}'),
    });
    expect(verdictLines(report.findings)).toContain("pass high ECR-003 aws_ecr_repository.x");
  });
});

function nest(depth: number, inner: unknown, wrap: (value: unknown) => unknown): unknown {
  let value = inner;
  for (let at = 0; at < depth; at += 1) value = wrap(value);
  return value;
}

describe("size and depth", () => {
  it("10,000 levels in a value, in its masks, in a policy document", async () => {
    const deep = nest(10_000, "x", (value) => [value]);
    const text = `${"[".repeat(10_000)}"x"${"]".repeat(10_000)}`;
    const plan = JSON.parse(
      JSON.stringify(repositoryPlan({ tags: "DEEP" }))
        .replace('"DEEP"', text)
        .replace('"after_sensitive":{}', `"after_sensitive":{"tags":${text.replace('"x"', "true")}}`),
    );
    expect(deep).toBeDefined();
    const { code, error } = await command(["check", "-", "--select", "ECR-003"], {
      stdin: new TextEncoder().encode(stringifyDeep(plan, text)),
    });
    expect([code, error]).toEqual([0, ""]);
  });

  it("10,000 nested modules are a malformed plan", async () => {
    const open = '{"module_calls":{"m":{"module":';
    const configuration = `${open.repeat(10_000)}{}${"}}}".repeat(10_000)}`;
    const text = JSON.stringify(repositoryPlan({})).replace(
      /"configuration":.*$/,
      `"configuration":{"root_module":${configuration}}}`,
    );
    expect(await command(["check", "-"], { stdin: new TextEncoder().encode(text) })).toEqual({
      code: 3,
      out: "",
      error:
        "plimsoll: standard input: the JSON nests modules deeper than any Terraform configuration; " +
        "run again: terraform show -json tfplan > plan.json\n",
    });
  });

  it("a list of 100,000 elements", async () => {
    const statements = Array.from({ length: 1000 }, (_, at) => ({
      Effect: "Allow",
      Action: `s3:Get${at}`,
      Resource: "*",
    }));
    statements.push({ Effect: "Allow", Action: "*", Resource: "*" });
    const actions = Array.from({ length: 100_000 }, (_, at) => `s3:Get${at}`);
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [...statements, { Effect: "Allow", Action: actions, Resource: "*" }],
    });
    const plan = repositoryPlan({});
    const [change] = plan.resource_changes;
    const resource = {
      ...change,
      address: "aws_iam_policy.x",
      type: "aws_iam_policy",
      change: { ...change?.change, after: { name: "x", policy } },
    };
    const { findings } = await checkAll(encode({ ...plan, resource_changes: [resource] }), { select: ["IAM-001"] });
    expect(verdictLines(findings.filter(({ verdict }) => verdict !== "pass"))).toEqual([
      "fail critical IAM-001 aws_iam_policy.x#policy/1000",
    ]);
    expect(findings).toHaveLength(1002);
  });
});

/** JSON.stringify recurses; the deep part is put in as text. */
function stringifyDeep(
  plan: { resource_changes: { change: { after: Values; after_sensitive: Values } }[] },
  text: string,
): string {
  const [change] = plan.resource_changes;
  if (change !== undefined) {
    change.change.after["tags"] = "DEEP";
    change.change.after_sensitive["tags"] = "MASK";
  }
  return JSON.stringify(plan).replace('"DEEP"', text).replace('"MASK"', text.replace('"x"', "true"));
}

it("two entries with one address are both judged and both counted", async () => {
  const plan = repositoryPlan({});
  const [change] = plan.resource_changes;
  const report = await checkAll(encode({ ...plan, resource_changes: [change, change] }), { select: ["ECR-003"] });
  expect(report.resources).toEqual({ total: 2, judged: 2, destroyed: 0, notEvaluated: [] });
  expect(verdictLines(report.findings)).toEqual([
    "pass high ECR-003 aws_ecr_repository.x",
    "pass high ECR-003 aws_ecr_repository.x",
  ]);
});

describe("formats and providers of other versions", () => {
  it.each(["0.1", "0.2", "1.0", "1.1", "1.2", "1.99"])("format_version %s", async (version) => {
    const plan = { ...planDocument("ssm"), format_version: version, a_field_to_come: { x: 1 } };
    const report = await checkAll(encode(plan), { select: ["SSM-001"] });
    expect(report.summary).toEqual((await checkAll(encode(planDocument("ssm")), { select: ["SSM-001"] })).summary);
  });

  it.each(["registry.opentofu.org/hashicorp/aws", "aws", "example.com/mirror/hashicorp/aws"])(
    "provider %s",
    async (name) => {
      const plan = repositoryPlan({});
      const [change] = plan.resource_changes;
      const report = await checkAll(encode({ ...plan, resource_changes: [{ ...change, provider_name: name }] }), {
        select: ["ECR-003"],
      });
      expect(report.resources.judged).toBe(1);
    },
  );

  it("a resource of another provider is not evaluated", async () => {
    const plan = repositoryPlan({});
    const [change] = plan.resource_changes;
    const other = { ...change, provider_name: "registry.terraform.io/hashicorp/awscc" };
    const report = await checkAll(encode({ ...plan, resource_changes: [other] }));
    expect(report.resources).toEqual({
      total: 1,
      judged: 0,
      destroyed: 0,
      notEvaluated: [{ type: "aws_ecr_repository", count: 1 }],
    });
  });

  it.each([
    ["IMMUTABLE_WITH_EXCLUSION", [{ filter: "latest*" }], "fail"],
    ["IMMUTABLE_WITH_EXCLUSION", [], "pass"],
    ["MUTABLE_WITH_EXCLUSION", [{ filter: "v*" }], "fail"],
  ])("provider 6: %s %j", async (mutability, filters, expected) => {
    const plan = repositoryPlan({ image_tag_mutability: mutability, image_tag_mutability_exclusion_filter: filters });
    expect((await verdict(plan, "ECR-003"))[0]).toBe(expected);
  });

  it("provider 6: names are compared within one region", async () => {
    const plan = repositoryPlan({ region: "eu-west-1" });
    const [change] = plan.resource_changes;
    const lifecycle = (region: string) => ({
      ...change,
      address: "aws_ecr_lifecycle_policy.x",
      type: "aws_ecr_lifecycle_policy",
      change: { ...change?.change, after: { repository: "shop/api", region } },
    });
    const outcome = async (region: string) =>
      (await verdict({ ...plan, resource_changes: [change, lifecycle(region)] }, "ECR-004"))[0];
    expect([await outcome("eu-west-1"), await outcome("us-east-1")]).toEqual(["pass", "fail"]);
  });

  it("provider 6: two repositories of one name in two regions are two", async () => {
    const plan = repositoryPlan({});
    const [change] = plan.resource_changes;
    const inRegion = (type: string, name: string, region: string, after: Values) => ({
      ...change,
      address: `${type}.${name}`,
      type,
      name,
      change: { ...change?.change, after: { ...after, region } },
    });
    const repository = { name: "shop/api", image_tag_mutability: "IMMUTABLE" };
    const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/api:9f1c2d3";
    const changes = [
      inRegion("aws_ecr_repository", "ireland", "eu-west-1", repository),
      inRegion("aws_ecr_repository", "virginia", "us-east-1", { ...repository, image_tag_mutability: "MUTABLE" }),
      inRegion("aws_ecr_lifecycle_policy", "virginia", "us-east-1", { repository: "shop/api" }),
      inRegion("aws_ecs_task_definition", "t", "us-east-1", {
        container_definitions: JSON.stringify([{ name: "api", image }]),
      }),
    ];
    const { findings } = await checkAll(encode({ ...plan, resource_changes: changes }), {
      select: ["ECR-003", "ECR-004", "ECS-002"],
    });
    const verdicts = findings.map(({ policy, subject, verdict }) => `${policy} ${subject.address} ${verdict}`).sort();
    expect(verdicts).toEqual([
      "ECR-003 aws_ecr_repository.ireland pass",
      "ECR-003 aws_ecr_repository.virginia fail",
      "ECR-004 aws_ecr_repository.ireland fail",
      "ECR-004 aws_ecr_repository.virginia pass",
      "ECS-002 aws_ecs_task_definition.t fail",
    ]);
  });

  it("provider 6: a filter of tags that may move is named, and how to approve of it", async () => {
    const plan = repositoryPlan({
      image_tag_mutability: "IMMUTABLE_WITH_EXCLUSION",
      image_tag_mutability_exclusion_filter: [{ filter: "sha256-*", filter_type: "WILDCARD" }],
    });
    const { findings } = await checkAll(encode(plan), { select: ["ECR-003"] });
    expect(JSON.stringify(findings)).toContain("sha256-*");
    expect(findings[0]?.notes).toEqual([
      "tags that match its image_tag_mutability_exclusion_filter may move; mutable_tag_patterns says which filters are approved",
    ]);
    const parameters = { "ECR-003": { mutable_tag_patterns: ["sha256-*"] } };
    const approved = await checkAll(encode(plan), { select: ["ECR-003"], parameters });
    expect(approved.findings.map((finding) => finding.verdict)).toEqual(["pass"]);
  });
});

it("a deferred change is counted and not judged", async () => {
  const plan = repositoryPlan({});
  const [change] = plan.resource_changes;
  const deferred = [
    { reason: "instance_count_unknown", resource_change: { ...change, address: "aws_ecr_repository.later" } },
  ];
  const report = await checkAll(encode({ ...plan, complete: false, deferred_changes: deferred }), {
    select: ["ECR-003"],
  });
  expect(verdictLines(report.findings)).toEqual(["pass high ECR-003 aws_ecr_repository.x"]);
  expect(report.resources).toEqual({
    total: 2,
    judged: 1,
    destroyed: 0,
    notEvaluated: [{ type: "aws_ecr_repository", count: 1 }],
  });
});
