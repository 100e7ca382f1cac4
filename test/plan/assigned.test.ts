import { expect, it } from "vitest";
import { isAssigned, staysWithinString } from "../../engine/plan/assigned.ts";
import type { Reference } from "../../engine/plan/references.ts";

function referenceTo(text: string): Reference {
  const [type = "", name = "", ...rest] = text.split(".");
  const attribute = rest.join(".");
  const target = {
    module: [],
    mode: "managed",
    type,
    name,
    key: null,
    pairKey: null,
    pairKeys: null,
    attribute,
  } as const;
  return { text, sensitive: false, isBare: true, end: { target } };
}

const of = (text: string) => ({ references: [referenceTo(text)], isExact: true });

it.each([
  "aws_ecr_repository.a.repository_url",
  "aws_elasticache_cluster.a.cache_nodes[0].address",
  "aws_rds_cluster.a.master_user_secret[0].secret_arn",
  "aws_mq_broker.a.instances[1].ip_address",
  "aws_lb.a.dns_name",
])("AWS assigns %s", (text) => {
  expect([isAssigned(of(text)), staysWithinString(of(text))]).toEqual([true, true]);
});

it.each([
  "aws_x.a.http_endpoint_configuration[0].url",
  "aws_x.a.tags.url",
  "aws_x.a.tags_all.owner_id",
  "aws_lambda_function.a.environment[0].variables.endpoint",
  "aws_x.a.description",
  "other_x.a.url",
])("somebody may have written %s", (text) => {
  expect([isAssigned(of(text)), staysWithinString(of(text))]).toEqual([false, false]);
});

it("a part of such a value, or it with others, is not the value", () => {
  const { references } = of("aws_lb.a.dns_name");
  expect(isAssigned({ references, isExact: false })).toBe(false);
  expect(isAssigned({ references: [...references, ...references], isExact: true })).toBe(false);
});
