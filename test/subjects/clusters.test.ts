import { expect, it } from "vitest";
import { checkAll, encode, planDocument, verdictLines } from "../check-fixture.ts";

async function judge(select: string, parameters: Record<string, unknown>, plan = planDocument("clusters")) {
  const { findings } = await checkAll(encode(plan), { select: [select], parameters });
  return verdictLines(findings).map((line) => line.replace(` medium ${select} aws_ecs_cluster.`, " "));
}

it("sessions that must be encrypted need a key and an encrypted log", async () => {
  const lines = await judge("ECS-021", { require_kms: true });
  expect(lines.filter((line) => / (?:encrypted|group|default\["logs"\])$/.test(line))).toEqual([
    'fail default["logs"]',
    "fail group",
    "pass encrypted",
  ]);
});

it("an unencrypted log fails although the sessions have a key", async () => {
  const plan = planDocument("clusters");
  for (const { address, change } of plan.resource_changes) {
    if (address !== "aws_ecs_cluster.encrypted") continue;
    change.after = JSON.parse(
      JSON.stringify(change.after).replace(
        '"s3_bucket_encryption_enabled":true',
        '"s3_bucket_encryption_enabled":false',
      ),
    );
  }
  const lines = await judge("ECS-021", { require_kms: true }, plan);
  expect(lines.filter((line) => line.endsWith(" encrypted"))).toEqual(["fail encrypted"]);
});

it("sessions that must have a log of their own", async () => {
  const lines = await judge("ECS-021", { require_override: true });
  expect(lines.filter((line) => / (?:group|default\[)/.test(line))).toEqual([
    'fail default["elsewhere"]',
    'fail default["logs"]',
    'fail default["mixed"]',
    'fail default["none"]',
    'fail default["other"]',
    "unknown group_later",
    "pass group",
  ]);
});

it("clusters without ECS Exec are judged where that is wanted", async () => {
  const lines = await judge("ECS-021", { always: true });
  expect(lines.filter((line) => / (?:off|perhaps|insights_unset)$/.test(line))).toEqual([
    "fail off",
    "fail perhaps",
    "unknown insights_unset",
  ]);
});

it("an account setting from elsewhere leaves clusters to it that set nothing themselves", async () => {
  const lines = await judge("ECS-023", { account_setting_elsewhere: true });
  expect(lines.filter((line) => / (?:insights|account)/.test(line))).toEqual([
    "fail account_overridden",
    'fail insights["disabled"]',
    "unknown account_race",
    "unknown insights_later",
    "pass account_default",
    'pass insights["enabled"]',
    'pass insights["enhanced"]',
    "pass insights_dynamic",
    "not-applicable insights_unset",
  ]);
});

it("an account setting that exists already holds for clusters that are created", async () => {
  const plan = planDocument("clusters");
  for (const { type, change } of plan.resource_changes) {
    if (type === "aws_ecs_account_setting_default") change.actions = ["no-op"];
  }
  const lines = await judge("ECS-023", {}, plan);
  expect(lines.filter((line) => line.endsWith("account_race"))).toEqual(["pass account_race"]);
});
