import { expect, it } from "vitest";
import { checkAll, encode, planDocument } from "../check-fixture.ts";

/** What SSM-002 says of a parameter whose value refers to one thing, and which secrets it names. */
async function sourcesOf(reference: string, edit: (text: string) => string = (text) => text) {
  const before = '"value":{"references":["aws_iam_access_key.deploy.secret","aws_iam_access_key.deploy"]}';
  const text = JSON.stringify(planDocument("secret-values"));
  expect(text).toContain(before);
  const plan = JSON.parse(edit(text.replaceAll(before, `"value":{"references":["${reference}"]}`)));
  const { findings } = await checkAll(encode(plan), { select: ["SSM-002"] });
  const found = findings.find(({ subject }) => subject.address === "aws_ssm_parameter.of_resource");
  return [found?.verdict, found?.evidence.find(({ fact }) => fact === "secretSources")?.actual];
}

it("knows attributes that hold secrets from those beside them", async () => {
  expect(await sourcesOf("aws_iam_access_key.deploy.secret")).toEqual(["fail", ["aws_iam_access_key.deploy.secret"]]);
  expect(await sourcesOf("aws_iam_access_key.deploy.id")).toEqual(["unknown", undefined]);
  expect(await sourcesOf("aws_db_instance.literal.password")).toEqual(["fail", ["aws_db_instance.literal.password"]]);
  expect(await sourcesOf("aws_db_instance.literal.password_wo_version")).toEqual(["unknown", undefined]);
});

it("does not guess which attribute stands behind an index", async () => {
  expect(await sourcesOf("aws_iam_access_key.deploy")).toEqual(["unknown", ["(unknown)"]]);
});

it("takes a parameter for a secret where it is a SecureString, or named as one", async () => {
  expect(await sourcesOf("aws_ssm_parameter.literal.value")).toEqual(["fail", ["aws_ssm_parameter.literal.value"]]);
  expect(await sourcesOf("aws_ssm_parameter.harmless.value")).toEqual(["unknown", undefined]);
  expect(await sourcesOf("data.aws_ssm_parameter.password.value")).toEqual([
    "fail",
    ["data.aws_ssm_parameter.password.value"],
  ]);
  expect(await sourcesOf("data.aws_ssm_parameter.image.value")).toEqual(["unknown", undefined]);
  expect(await sourcesOf("data.aws_ssm_parameter.banner.value")).toEqual(["unknown", ["(unknown)"]]);
});

it("reads the type of a parameter that was read when the plan was made", async () => {
  const read = (type: string) => (text: string) => {
    const plan = JSON.parse(text);
    const values = { name: "/shop/banner", type };
    const resource = {
      address: "data.aws_ssm_parameter.banner",
      mode: "data",
      type: "aws_ssm_parameter",
      name: "banner",
      values,
    };
    return JSON.stringify({ ...plan, prior_state: { values: { root_module: { resources: [resource] } } } });
  };
  const name = "data.aws_ssm_parameter.banner.value";
  expect(await sourcesOf(name, read("SecureString"))).toEqual(["fail", [name]]);
  expect(await sourcesOf(name, read("String"))).toEqual(["unknown", undefined]);
});

/** The fixture with the reference of one attribute replaced, and what it refers to declared. */
function referringTo(fixture: string, before: readonly string[], reference: string): Uint8Array {
  const text = JSON.stringify(planDocument(fixture));
  const [old, replaced] = [before, [reference]].map((references) => `"references":${JSON.stringify(references)}`);
  expect(text).toContain(old);
  const plan = JSON.parse(text.replaceAll(old ?? "", replaced ?? ""));
  const [, data, type, name] = /^(data\.)?(\w+)\.(\w+)/.exec(reference) ?? [];
  const mode = data === undefined ? "managed" : "data";
  const address = `${data ?? ""}${type}.${name}`;
  plan.configuration.root_module.resources.push({
    address,
    mode,
    type,
    name,
    provider_config_key: type?.split("_")[0],
  });
  return encode(plan);
}

async function verdictOn(plan: Uint8Array, policy: string, address: string, name: string | null) {
  const { findings } = await checkAll(plan, { select: [policy] });
  return findings.find(({ subject }) => subject.address === address && subject.name === name)?.verdict;
}

// One answer to one question: what is a secret in a container is one in a build and in a parameter.
it.each([
  ["data.vault_kv_secret_v2.db.data_json", "fail"],
  ["data.aws_kms_secrets.db.plaintext", "fail"],
  ["aws_cognito_user_pool_client.web.client_secret", "fail"],
  ["aws_ecr_authorization_token.this.password", "fail"],
  ["random_password.db.result", "fail"],
  ["random_password.db.bcrypt_hash", "fail"],
  ["tls_private_key.deploy.private_key_pem", "fail"],
  ["aws_mq_broker.events.user[0].password", "fail"],
  ["aws_lightsail_database.shop.master_password", "fail"],
  ["aws_lightsail_key_pair.deploy.private_key", "fail"],
  ["aws_cognito_user_pool_client.web.id", "unknown"],
  ["aws_mq_broker.events.user[0]", "unknown"],
  ["random_string.suffix.result", "unknown"],
  ["tls_private_key.deploy.public_key_pem", "unknown"],
  // Of an ARN of this plan a build's variable holds nothing else; what else stands beside it in the others is not told.
  ["aws_mq_broker.events.arn", "pass", "unknown"],
])("%s: %s in a build, a container and a parameter", async (reference, verdict, others = verdict) => {
  const url = ["aws_ecr_repository.app.repository_url", "aws_ecr_repository.app"];
  const later = ["terraform_data.later.output", "terraform_data.later"];
  const key = ["aws_iam_access_key.deploy.secret", "aws_iam_access_key.deploy"];
  const values = "secret-values";
  expect([
    await verdictOn(
      referringTo("codebuild", url, reference),
      "CICD-001",
      "aws_codebuild_project.values",
      "environment_variable/REPOSITORY",
    ),
    await verdictOn(referringTo(values, later, reference), "ECS-012", "aws_ecs_task_definition.later", null),
    await verdictOn(referringTo(values, key, reference), "SSM-002", "aws_ssm_parameter.of_resource", null),
  ]).toEqual([verdict, others, others]);
});
