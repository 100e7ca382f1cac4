import { expect, it } from "vitest";
import { checkAll, encode, planDocument, verdictLines } from "../check-fixture.ts";

/** The lines of a policy on the fixtures of secrets, with parameters. */
async function lines(fixture: string, policy: string, parameters: Record<string, unknown>, named: RegExp) {
  const { findings } = await checkAll(encode(planDocument(fixture)), { select: [policy], parameters });
  return verdictLines(findings).filter((line) => named.test(line));
}

it("counts random words as secrets where the team says from which entropy", async () => {
  expect(await lines("secret-values", "ECS-012", { entropy: 4.5 }, /#(?:random|clean)$/)).toEqual([
    "fail critical ECS-012 aws_ecs_task_definition.places#random",
    "pass critical ECS-012 aws_ecs_task_definition.places#clean",
  ]);
});

it("lets allowed forms, and sensitive values where the team says so, stand", async () => {
  const allowed = { allowed_secret_forms: ["URL with a password"], sensitive_flow: "ignore" };
  expect(await lines("secret-values", "ECS-012", allowed, /#by-(?:command|json)|\.sensitive$/)).toEqual([
    "fail critical ECS-012 aws_ecs_task_definition.places#by-json",
    "pass critical ECS-012 aws_ecs_task_definition.places#by-command",
    "pass critical ECS-012 aws_ecs_task_definition.sensitive",
  ]);
  expect(await lines("secret-values", "SSM-002", allowed, /\.(?:login|of_sensitive|of_resource)$/)).toEqual([
    "unknown critical SSM-002 aws_ssm_parameter.of_resource",
    "pass critical SSM-002 aws_ssm_parameter.login",
    "pass critical SSM-002 aws_ssm_parameter.of_sensitive",
  ]);
});

it("takes the team's own words for placeholders, and wants write-only arguments where the team does", async () => {
  const parameters = { placeholders: ["hunter2-hunter2-K"], require_write_only: true };
  expect(await lines("secret-values", "SSM-003", parameters, /\.(?:literal|given|write_only_given)#/)).toEqual([
    "fail high SSM-003 aws_codebuild_source_credential.given#token",
    "fail high SSM-003 aws_codebuild_source_credential.literal#token",
    "fail high SSM-003 aws_db_instance.literal#password",
    "fail high SSM-003 aws_secretsmanager_secret_version.literal#secret_string",
    "fail high SSM-003 aws_ssm_parameter.given#value",
    "fail high SSM-003 aws_ssm_parameter.literal#value",
    "pass high SSM-003 aws_ssm_parameter.write_only_given#value_wo",
  ]);
});

it("compares accounts and organizations of secret policies with the team's own", async () => {
  const parameters = {
    account_ids: ["999988887777"],
    trusted_org_ids: ["o-9999999999"],
    require_block_public_policy: true,
  };
  expect(await lines("secret-stores", "SM-001", parameters, /(?:Organization|OfAnAccount|ForeignRole|Task)$/)).toEqual([
    "fail high SM-001 aws_secretsmanager_secret_policy.statements#policy/EveryoneOfAnAccount",
    "fail high SM-001 aws_secretsmanager_secret_policy.statements#policy/EveryoneOfTheOrganization",
    "fail high SM-001 aws_secretsmanager_secret_policy.statements#policy/ForeignRole",
    "pass critical SM-001 aws_secretsmanager_secret_policy.rebuilt#policy/Task",
  ]);
});

it("leaves secrets to others where the team says that they rotate them", async () => {
  const parameters = { external_objects: ["shop/never"], max_rotation_days: 400 };
  expect(await lines("secret-stores", "SM-002", parameters, /\.(?:never|seldom|prefixed)$/)).toEqual([
    "fail medium SM-002 aws_secretsmanager_secret.prefixed",
    "pass medium SM-002 aws_secretsmanager_secret.seldom",
    "not-applicable medium SM-002 aws_secretsmanager_secret.never",
  ]);
});

it("does not show whether a secret is rotated while a rotation may be for any", async () => {
  const plan = planDocument("secret-stores");
  const text = JSON.stringify(plan).replaceAll(
    '["aws_secretsmanager_secret.days_later.id","aws_secretsmanager_secret.days_later"]',
    '["local.secret"]',
  );
  expect(text).toContain("local.secret");
  const { findings } = await checkAll(encode(JSON.parse(text)), { select: ["SM-002"] });
  expect(verdictLines(findings).filter((line) => /\.(?:never|seldom|rotated)$/.test(line))).toEqual([
    "fail medium SM-002 aws_secretsmanager_secret.seldom",
    "unknown medium SM-002 aws_secretsmanager_secret.never",
    "pass medium SM-002 aws_secretsmanager_secret.rotated",
  ]);
});

it("lets a public parameter explain the mark of container definitions only where nothing else may", async () => {
  const verdictWith = async (references: readonly string[]) => {
    const plan = planDocument("secret-values");
    const text = JSON.stringify(plan).replace(
      /("address":"aws_ecs_task_definition\.declassified",.{0,300}?"container_definitions":)\{"references":\["var\.token"\]\}/,
      (_, start: string) => `${start}${JSON.stringify({ references })}`,
    );
    expect(text).not.toBe(JSON.stringify(plan));
    const changed: typeof plan = JSON.parse(text);
    for (const { name, change } of changed.resource_changes)
      if (name === "declassified") change.after_sensitive = { container_definitions: true };
    const { findings } = await checkAll(encode(changed), { select: ["ECS-012"] });
    return verdictLines(findings).filter((line) => line.includes("declassified") && !line.includes("secret_of"));
  };
  const pass = "pass critical ECS-012 aws_ecs_task_definition.declassified#containers[0]";
  expect(await verdictWith(["data.aws_ssm_parameter.image.value"])).toEqual([pass]);
  expect(await verdictWith(["data.aws_ssm_parameter.image.value", "local.token"])).toEqual([
    "unknown critical ECS-012 aws_ecs_task_definition.declassified",
    pass,
  ]);
  expect(await verdictWith(["local.token"])).toEqual([
    "fail critical ECS-012 aws_ecs_task_definition.declassified",
    pass,
  ]);
});

it("looks into the container of an express gateway service of provider 6", async () => {
  const { planned_values: _, ...plan } = planDocument("secret-values");
  const [template] = plan.resource_changes.filter(({ type }) => type === "aws_ecs_task_definition");
  if (template === undefined) throw new Error("no task definition");
  const service = (name: string, container: object, sensitive: unknown) => ({
    ...template,
    address: `aws_ecs_express_gateway_service.${name}`,
    type: "aws_ecs_express_gateway_service",
    name,
    change: {
      actions: ["create"],
      after: { primary_container: [{ image: "a", command: [], environment: [], secret: [], ...container }] },
      after_unknown: {},
      after_sensitive: sensitive,
    },
  });
  const services = [
    service("clean", { secret: [{ name: "K", value_from: "/shop/k" }] }, {}),
    service("command", { command: ["serve", `https://app:${"not-a-real-one"}@example.com`] }, {}),
    service(
      "sensitive",
      { environment: [{ name: "A", value: "b" }] },
      { primary_container: [{ environment: [{ value: true }] }] },
    ),
  ];
  const { findings } = await checkAll(encode({ ...plan, resource_changes: services }), { select: ["ECS-012"] });
  expect(verdictLines(findings)).toEqual([
    "fail critical ECS-012 aws_ecs_express_gateway_service.command#primary_container",
    "fail critical ECS-012 aws_ecs_express_gateway_service.sensitive#primary_container",
    "pass critical ECS-012 aws_ecs_express_gateway_service.clean#primary_container",
  ]);
});

it("knows the written segments of a name that is made at apply, where the plan keeps the text", async () => {
  const { findings } = await checkAll(encode(named("/shop/${terraform_data.later.output}/db_password")), {
    select: ["SSM-001"],
  });
  expect(verdictLines(findings).filter((line) => line.includes("named_later"))).toEqual([
    "fail critical SSM-001 aws_ssm_parameter.named_later",
  ]);
  const inKey = named('/shop/${terraform_data.later.output["/password/"]}');
  const other = await checkAll(encode(inKey), { select: ["SSM-001"] });
  expect(verdictLines(other.findings).filter((line) => line.includes("named_later"))).toEqual([
    "unknown critical SSM-001 aws_ssm_parameter.named_later",
  ]);
});

function named(template: string): unknown {
  const text = JSON.stringify(planDocument("ssm"));
  const pattern = /("name":\{"constant_value":)"\$\{terraform_data\.later\.output\}"/;
  expect(text).toMatch(pattern);
  return JSON.parse(text.replace(pattern, (_, start: string) => `${start}${JSON.stringify(template)}`));
}
