import { describe, expect, it } from "vitest";
import { checkAll, encode, type PlanJson, planDocument, verdictLines } from "../check-fixture.ts";

async function verdicts(plan: unknown, policy: string, wanted: RegExp, parameters: Record<string, unknown> = {}) {
  const { findings } = await checkAll(encode(plan), { select: [policy], parameters });
  return verdictLines(findings).filter((line) => wanted.test(line));
}

/** A plan with some of its changes altered. */
function altered(
  fixture: string,
  alter: (change: PlanJson["resource_changes"][number]) => void,
  rest: Record<string, unknown> = {},
): PlanJson {
  const plan = planDocument(fixture);
  plan.resource_changes.forEach(alter);
  return { ...plan, ...rest };
}

/** A second provider configuration of AWS, which nothing uses. */
function withSecondProvider(plan: PlanJson): unknown {
  const us = { name: "aws", full_name: "registry.terraform.io/hashicorp/aws", alias: "us", expressions: {} };
  const text = JSON.stringify(plan).replace(
    '"provider_config":{',
    `"provider_config":{"aws.us":${JSON.stringify(us)},`,
  );
  return JSON.parse(text);
}

describe("PLN-002", () => {
  it("a removed resource belongs to any of several provider configurations, so a successor in one proves nothing", async () => {
    const plan = withSecondProvider(planDocument("protection"));
    expect(
      await verdicts(
        plan,
        "PLN-002",
        /shop_gone|before_gone|old_gone$|api_gone|cache_gone|flow_log.shop#|anew|counted/,
      ),
    ).toEqual([
      "fail high PLN-002 aws_ecr_lifecycle_policy.anew_first",
      "fail high PLN-002 aws_ecr_lifecycle_policy.api_gone",
      "fail high PLN-002 aws_ecr_repository.cache_gone",
      "unknown high PLN-002 aws_ecr_repository_policy.before_gone",
      "unknown high PLN-002 aws_iam_role_policies_exclusive.before_gone",
      "pass high PLN-002 aws_flow_log.shop#deposed abcd1234",
      "pass high PLN-002 aws_flow_log.shop_gone",
      "not-applicable high PLN-002 aws_ecr_lifecycle_policy.anew",
      "not-applicable high PLN-002 aws_ecr_lifecycle_policy.counted[1]",
      "not-applicable high PLN-002 aws_ecr_lifecycle_policy.old_gone",
      "not-applicable high PLN-002 aws_ecr_repository.counted[1]",
      "not-applicable high PLN-002 aws_ecr_repository.old_gone",
      "not-applicable high PLN-002 aws_flow_log.old_gone",
      "not-applicable high PLN-002 aws_vpc.old_gone",
      "not-applicable high PLN-002 aws_vpc_endpoint.old_gone",
      "not-applicable high PLN-002 aws_vpc_endpoint_policy.old_gone",
    ]);
  });

  it("a replacement that forgets the old object deletes nothing, in either order", async () => {
    const forgetting = (actions: string[]) =>
      altered("protection", ({ address, change }) => {
        if (address.endsWith(".anew_first")) change.actions = actions;
      });
    const line = ["not-applicable high PLN-002 aws_ecr_lifecycle_policy.anew_first"];
    expect(await verdicts(forgetting(["create", "forget"]), "PLN-002", /anew_first/)).toEqual(line);
    expect(await verdicts(forgetting(["forget", "create"]), "PLN-002", /anew_first/)).toEqual(line);
  });

  it("a deposed object with the same key is the same object in AWS", async () => {
    const plan = planDocument("protection");
    const gone = plan.resource_changes.find(({ address }) => address === "aws_ecr_lifecycle_policy.counted[1]");
    const kept = plan.resource_changes.find(({ address }) => address === "aws_ecr_lifecycle_policy.counted[0]");
    const before = Reflect.get(kept?.change ?? {}, "before");
    const deposed = {
      ...gone,
      address: kept?.address,
      index: 0,
      deposed: "0badcafe",
      change: { ...gone?.change, before },
    };
    const changes = [...plan.resource_changes, deposed];
    expect(await verdicts({ ...plan, resource_changes: changes }, "PLN-002", /counted\[0\]/)).toEqual([
      "fail high PLN-002 aws_ecr_lifecycle_policy.counted[0]#deposed 0badcafe",
    ]);
  });

  it("what Terraform puts off goes later", async () => {
    const plan = planDocument("protection");
    const { resource_changes: changes } = plan;
    const later = changes.filter(({ address }) => address === "aws_ecr_lifecycle_policy.api_gone");
    const deferred = {
      ...plan,
      resource_changes: changes.filter((change) => !later.includes(change)),
      deferred_changes: later.map((change) => ({ reason: "absent_prereq", resource_change: change })),
    };
    expect(await verdicts(deferred, "PLN-002", /api_gone/)).toEqual([]);
  });

  it("of types that a team adds only a new resource of the type may take the place", async () => {
    const parameters = { protective_types: ["aws_sns_topic"] };
    expect(await verdicts(planDocument("protection"), "PLN-002", /^(?!not)/, parameters)).toEqual([
      "fail high PLN-002 aws_ecr_repository.cache_gone",
      "fail high PLN-002 aws_ecr_repository.renamed",
      "fail high PLN-002 aws_sns_topic.gone",
    ]);
    const { planned_values: _, ...withNew } = altered("protection", (each) => {
      if (each.address === "aws_cloudtrail.new")
        Object.assign(each, { address: "aws_sns_topic.new", type: "aws_sns_topic" });
    });
    expect(await verdicts(withNew, "PLN-002", /sns/, parameters)).toEqual(["unknown high PLN-002 aws_sns_topic.gone"]);
  });
});

describe("PLN-001", () => {
  it.each([
    ["a plan of format 0 lacks what the check relies on", { format_version: "0.2" }, "fail"],
    ["outputs that stay as they are are no change", { applyable: false, output_changes: output("no-op") }, "pass"],
    ["outputs that change are", { applyable: false, output_changes: output("update") }, "fail"],
  ])("%s", async (_, change, verdict) => {
    const plan = altered("ssm", ({ change: each }) => {
      each.actions = ["no-op"];
    });
    expect(await verdicts({ ...plan, ...change }, "PLN-001", /./)).toEqual([`${verdict} high PLN-001 plan`]);
  });

  it("allow_targeted does not allow what Terraform puts off", async () => {
    const plan = planDocument("targeted");
    const [first] = plan.resource_changes;
    const deferred = { ...plan, deferred_changes: [{ reason: "absent_prereq", resource_change: first }] };
    const parameters = { allow_targeted: true };
    expect(await verdicts(plan, "PLN-001", /./, parameters)).toEqual(["pass high PLN-001 plan"]);
    expect(await verdicts(deferred, "PLN-001", /./, parameters)).toEqual(["fail high PLN-001 plan"]);
  });
});

function output(action: string) {
  return { name: { actions: [action], before: "a", after: "a", after_unknown: false } };
}

describe("PLN-003", () => {
  it("first_apply_grace and fail_on_unreadable set how bad it is", async () => {
    const plan = planDocument("readable");
    const lines = (parameters: Record<string, unknown>) =>
      verdicts(plan, "PLN-003", /repository_url|local_value/, parameters);
    expect(await lines({})).toEqual([
      "fail medium PLN-003 aws_ecs_task_definition.local_value",
      "fail low PLN-003 aws_ecs_task_definition.repository_url",
    ]);
    expect(await lines({ first_apply_grace: false })).toEqual([
      "fail medium PLN-003 aws_ecs_task_definition.local_value",
      "fail medium PLN-003 aws_ecs_task_definition.repository_url",
    ]);
    expect(await lines({ fail_on_unreadable: true })).toEqual([
      "fail high PLN-003 aws_ecs_task_definition.local_value",
      "fail high PLN-003 aws_ecs_task_definition.repository_url",
    ]);
  });

  it("text that is no JSON cannot be read either", async () => {
    const plan = altered("readable", ({ address, change }) => {
      if (address.endsWith(".from_names")) Object.assign(change.after ?? {}, { container_definitions: "[{]" });
    });
    const { findings } = await checkAll(encode(plan), { select: ["PLN-003"] });
    const found = findings.find(({ subject }) => subject.address === "aws_ecs_task_definition.from_names");
    expect([found?.verdict, found?.severity, found?.message, found?.notes]).toEqual([
      "fail",
      "medium",
      "isReadable (container_definitions) is false (the text is not valid JSON)",
      ["the text is no JSON list of containers that can be read; write it with jsonencode"],
    ]);
  });
});

describe("PLN-004", () => {
  /** A plan with one more provider configuration. */
  function withProvider(name: string, expressions: unknown): unknown {
    const provider = { name, full_name: `registry.terraform.io/x/${name}`, expressions };
    const text = JSON.stringify(planDocument("ssm")).replace(
      '"provider_config":{',
      `"provider_config":{"module.a:${name}":${JSON.stringify(provider)},`,
    );
    return JSON.parse(text);
  }

  it.each([
    ["a token of any provider", "github", { token: { constant_value: "not-a-real-one" } }, ["fail critical#token"]],
    [
      "an argument that is named as a secret",
      "datadog",
      { api_key: { constant_value: "not-a-real-one" } },
      ["fail critical#api_key"],
    ],
    ["the path of a file", "google", { credentials: { constant_value: "keys/account.json" } }, []],
    [
      "names of AWS that only speak of credentials",
      "aws",
      { shared_credentials_files: { constant_value: ["~/.aws/x"] } },
      [],
    ],
    ["a reference", "github", { token: { references: ["var.token"] } }, []],
    [
      "text of a JSON-syntax configuration",
      "github",
      { token: { constant_value: "${var.token}", references: ["var.token"] } },
      [],
    ],
    [
      "a value in the form of a credential",
      "other",
      { note: { constant_value: "AKIAABCDEFGHIJKLMNOP" } },
      ["fail critical#note"],
    ],
    ["an empty one", "github", { token: { constant_value: "" } }, ["pass critical#token"]],
  ])("%s", async (_, name, expressions, wanted) => {
    const lines = await verdicts(withProvider(name, expressions), "PLN-004", /module\.a/);
    expect(lines.map((line) => line.replace(` PLN-004 module.a.provider.${name}`, ""))).toEqual(wanted);
  });

  it("mock_values and allowed_names are for a team to set", async () => {
    const plan = planDocument("credentials");
    const parameters = { mock_values: ["hunter2-*"], allowed_names: ["endpoint", "database_url"] };
    expect(await verdicts(plan, "PLN-004", /^fail/, parameters)).toEqual([
      "fail critical PLN-004 provider.aws#access_key",
      "fail critical PLN-004 provider.aws#secret_key",
      "fail critical PLN-004 provider.aws.given#access_key",
      "fail critical PLN-004 provider.aws.written#access_key",
      "fail critical PLN-004 provider.aws.written#secret_key",
      "fail critical PLN-004 provider.aws.written#token",
      "fail medium PLN-004 var.aws_secret_key",
      "fail medium PLN-004 var.client_secret",
    ]);
  });

  it("an output that a targeted plan leaves out is unknown where its name is that of a secret", async () => {
    const plan = { ...planDocument("credentials"), output_changes: {} };
    expect(await verdicts(plan, "PLN-004", /output\.(?:admin|region|db)/)).toEqual([
      "unknown critical PLN-004 output.admin_password",
      "pass critical PLN-004 output.admin_token",
      "pass critical PLN-004 output.db_secret",
      "pass critical PLN-004 output.region",
    ]);
  });
});

describe("KMS-001", () => {
  it("kinds and allowed_key_arns are for a team to set", async () => {
    const plan = planDocument("keys");
    expect(
      await verdicts(plan, "KMS-001", /^(?!not)/, { kinds: ["log-group", "codebuild", "creation-template"] }),
    ).toEqual([
      "fail low KMS-001 aws_cloudwatch_log_group.unset",
      "fail low KMS-001 aws_codebuild_project.unset",
      "fail low KMS-001 aws_ecr_repository_creation_template.plain",
    ]);
    const parameters = { kinds: ["ecr"], allowed_key_arns: ["arn:aws:kms:eu-west-1:111122223333:key/2*"] };
    expect(await verdicts(plan, "KMS-001", /repository.*own_key/, parameters)).toEqual([
      "fail low KMS-001 aws_ecr_repository.existing_own_key",
      "fail low KMS-001 aws_ecr_repository.own_key_twice",
      "unknown low KMS-001 aws_ecr_repository.own_key",
    ]);
  });

  it("a key that a data source found to be one of AWS is none of the team's", async () => {
    const arn = "arn:aws:kms:eu-west-1:111122223333:key/1a2b3c4d-0000-4000-8000-000000000001";
    const resource = { mode: "data", type: "aws_kms_alias", name: "aws", address: "data.aws_kms_alias.aws" };
    const alias = (name: string) => ({
      ...planDocument("keys"),
      prior_state: { values: { root_module: { resources: [{ ...resource, values: { name, target_key_arn: arn } }] } } },
    });
    const line = (plan: unknown) => verdicts(plan, "KMS-001", /own_key_twice/);
    expect(await line(alias("alias/aws/ecr"))).toEqual(["fail low KMS-001 aws_ecr_repository.own_key_twice"]);
    expect(await line(alias("alias/shop"))).toEqual(["pass low KMS-001 aws_ecr_repository.own_key_twice"]);
  });
});
