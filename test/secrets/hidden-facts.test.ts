import { describe, expect, it } from "vitest";
import { factsText } from "../../cli/reporters/facts-text.ts";
import { facts } from "../../engine/index.ts";
import { encode } from "../check-fixture.ts";

const planted = "Zq7planted-Wm4";
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** What `plimsoll facts plan.json <address>` prints of the attributes, as text and as JSON. */
async function shown(type: string, after: object, parameters = {}): Promise<string> {
  const address = `${type}.x`;
  const resource = { address, mode: "managed", type, name: "x" };
  const plan = {
    format_version: "1.2",
    resource_changes: [
      {
        ...resource,
        provider_name: "registry.terraform.io/hashicorp/aws",
        change: { actions: ["create"], before: null, after, after_unknown: {}, after_sensitive: {} },
      },
    ],
    configuration: { root_module: { resources: [{ ...resource, expressions: {} }] } },
  };
  const report = await facts(encode(plan), { address, parameters });
  return `${factsText(report, { colours: false, columns: 200 })}\n${JSON.stringify(report)}`;
}

const script = `#!/bin/bash\nexport STAGE=prod\nexport DB_PASSWORD=${planted}\n./run\n`;
const containers = (environment: unknown) => JSON.stringify([{ name: "web", image: "web:1", environment }]);

describe("what policies recognise as a secret is in no facts of a resource, though nothing marks it", () => {
  it.each<[string, string, object]>([
    [
      "a variable of a build project",
      "aws_codebuild_project",
      {
        name: "x",
        environment: [{ environment_variable: [{ name: "NPM_TOKEN", type: "PLAINTEXT", value: planted }] }],
      },
    ],
    [
      "a variable of a buildspec in YAML",
      "aws_codebuild_project",
      { name: "x", source: [{ buildspec: `version: 0.2\nenv:\n  variables:\n    DB_PASSWORD: ${planted}\n` }] },
    ],
    [
      "a variable of a buildspec in JSON",
      "aws_codebuild_project",
      { name: "x", source: [{ buildspec: JSON.stringify({ env: { variables: { DB_PASSWORD: planted } } }) }] },
    ],
    [
      "a command of a buildspec",
      "aws_codebuild_project",
      {
        name: "x",
        source: [{ buildspec: `phases:\n  build:\n    commands:\n      - deploy --api-key ${planted} now\n` }],
      },
    ],
    ["a variable of a function", "aws_lambda_function", { environment: [{ variables: { DB_PASSWORD: planted } }] }],
    [
      "a variable of a container",
      "aws_ecs_task_definition",
      { family: "x", container_definitions: containers([{ name: "DB_PASSWORD", value: planted }]) },
    ],
    [
      "a label of a container",
      "aws_ecs_task_definition",
      {
        family: "x",
        container_definitions: JSON.stringify([{ name: "web", dockerLabels: { "com.example.token": planted } }]),
      },
    ],
    [
      "a variable of an Express Mode service",
      "aws_ecs_express_gateway_service",
      { primary_container: [{ image: "web:1", environment: [{ name: "API_KEY", value: planted }] }] },
    ],
    ["a script of an instance", "aws_instance", { user_data: script }],
    ["a script of an instance in base64", "aws_instance", { user_data_base64: base64(script) }],
    ["a script of a launch template", "aws_launch_template", { user_data: base64(script) }],
    [
      "what cloud-init writes",
      "aws_launch_configuration",
      { user_data: `#cloud-config\nwrite_files:\n  - path: /etc/x\n    content: |\n      token: ${planted}\n` },
    ],
    [
      "the properties of a batch job",
      "aws_batch_job_definition",
      {
        container_properties: JSON.stringify({ image: "x", environment: [{ name: "DB_PASSWORD", value: planted }] }),
      },
    ],
    ["the value of a parameter", "aws_ssm_parameter", { name: "/shop/x", type: "SecureString", value: planted }],
    ["the insecure value of a parameter", "aws_ssm_parameter", { name: "/shop/x", insecure_value: planted }],
    ["the value of a secret", "aws_secretsmanager_secret_version", { secret_string: planted }],
    [
      "the value of a secret that is JSON",
      "aws_secretsmanager_secret_version",
      { secret_string: JSON.stringify({ user: "x", host: planted }) },
    ],
    ["the password of a database", "aws_db_instance", { password: planted }],
    ["the password of a cluster", "aws_rds_cluster", { master_password: planted }],
    ["a number under the name of a secret", "aws_db_instance", { options: { pin_password: 73519002 } }],
    ["the token of a cache", "aws_elasticache_replication_group", { auth_token: planted }],
    ["the token of a credential", "aws_codebuild_source_credential", { token: planted }],
    [
      "the configuration of an action of a pipeline",
      "aws_codepipeline",
      { stage: [{ action: [{ configuration: { OAuthToken: planted } }] }] },
    ],
    [
      "a setting of Elastic Beanstalk",
      "aws_elastic_beanstalk_environment",
      { setting: [{ namespace: "aws:elasticbeanstalk:application:environment", name: "DB_PASSWORD", value: planted }] },
    ],
    ["an argument of a job", "aws_glue_job", { default_arguments: { "--db_password": planted } }],
    [
      "an input of a state machine",
      "aws_sfn_state_machine",
      { definition: JSON.stringify({ States: { A: { Parameters: { Overrides: { apiKey: planted } } } } }) },
    ],
    [
      "JSON in JSON",
      "aws_cloudwatch_event_target",
      { input: JSON.stringify({ body: JSON.stringify({ client_secret: planted }) }) },
    ],
    ["a connection string", "aws_ssm_document", { content: `Server=db;User Id=sa;Password=${planted};` }],
    ["a query", "aws_route53_health_check", { resource_path: `/health?token=${planted}&x=1` }],
    ["a tag", "aws_s3_bucket", { tags: { Password: planted } }],
    ["a form of a credential", "aws_s3_bucket", { tags: { note: `https://app:${planted}@example.com` } }],
    ["a list of variables in YAML", "aws_ssm_document", { content: `- name: DB_PASSWORD\n  value: ${planted}\n` }],
    ["a variable before its name", "aws_ssm_document", { content: `- value: ${planted}\n  name: DB_PASSWORD\n` }],
    ["a text over several lines", "aws_ssm_document", { content: `private_key: |\n  ${planted}\n` }],
  ])("%s", async (_, type, after) => {
    const output = await shown(type, after);
    expect(output).not.toContain(planted);
    expect(output).not.toContain("73519002");
    expect(output).not.toContain(base64(script));
    expect(output).toContain("(sensitive)");
  });

  it("beside a key id of AWS the key itself", async () => {
    const key = `${"Zq7planted"}Wm4Xk2Vb6Nc8Hs1Jd5Fg3Lp0RyTu9aBcD`.slice(0, 40);
    const after = { triggers: { id: `AK${"IA"}QRSTUVWX23456789`, other: key } };
    expect(await shown("aws_s3_bucket", { tags: { note: after } })).not.toContain(key);
  });

  it("the team's own patterns and names", async () => {
    const own = { secret_value_patterns: ["acme_pat_*"], secret_name_patterns: ["losung"] };
    expect(await shown("aws_s3_bucket", { tags: { note: `use acme_pat_${planted}` } }, own)).not.toContain(planted);
    expect(await shown("aws_s3_bucket", { tags: { Losung: planted } }, own)).not.toContain(planted);
  });
});

describe("what is no secret is shown", () => {
  it.each<[string, string, object]>([
    ["a name", "aws_s3_bucket", { bucket: planted }],
    ["a variable like any other", "aws_lambda_function", { environment: [{ variables: { STAGE: planted } }] }],
    [
      "where a variable is kept",
      "aws_codebuild_project",
      { environment: [{ environment_variable: [{ name: "TOKEN", type: "PARAMETER_STORE", value: planted }] }] },
    ],
    [
      "a buildspec that signs in",
      "aws_codebuild_project",
      {
        source: [
          {
            buildspec:
              `phases:\n  build:\n    commands:\n      - export PASSWORD=$(aws ecr get-login-password)\n` +
              `      - echo $PASSWORD | docker login --username AWS --password-stdin ${planted}\n`,
          },
        ],
      },
    ],
    ["the ARN of a secret", "aws_x", { secret_arn: `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${planted}` }],
    [
      "where a container finds its secret",
      "aws_ecs_task_definition",
      { container_definitions: containers([]).replace('"web:1"', `"${planted}"`) },
    ],
    ["whether there is a password", "aws_rds_cluster", { manage_master_user_password: true, identifier: planted }],
  ])("%s", async (_, type, after) => {
    expect(await shown(type, after)).toContain(planted);
  });
});
