import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check } from "../../engine/index.ts";
import { loadPolicy } from "../../engine/policy/load.ts";
import type { Policy } from "../../engine/policy/policy.ts";
import { encode, type PlanJson, planBytes, planDocument } from "../check-fixture.ts";
import { holds as holdsFor } from "../thorough.ts";

const bucket = {
  subject: "resource",
  type: "aws_s3_bucket",
  related: { accessBlock: { type: "aws_s3_bucket_public_access_block", attribute: "bucket" } },
};
const logGroup = {
  subject: "resource",
  type: "aws_cloudwatch_log_group",
  related: { key: { type: "aws_kms_key", by: "kms_key_id" } },
};
const holds = (fact: string) => ({ all: [{ fact, operator: "equal", value: true }] });

function loaded(data: object) {
  return loadPolicy({ id: "TEAM-001", title: "T", severity: "high", why: "W", fix: "F", examples: {}, ...data });
}

function policyOf(data: object): Policy {
  const found = loaded(data);
  if ("mistakes" in found) throw new Error(JSON.stringify(found.mistakes));
  return found.policy;
}

async function verdicts(data: object, plan: Uint8Array = planBytes("related")): Promise<string[]> {
  const { findings } = await check(plan, { policies: [policyOf(data)], all: true });
  return findings.map(({ verdict, subject }) => `${verdict} ${subject.address ?? "plan"}`).sort();
}

/** The plan with the attribute of one resource not told. */
function hidden(address: string, attribute: string): PlanJson {
  const plan = planDocument("related");
  return {
    ...plan,
    configuration: undefined,
    resource_changes: plan.resource_changes.map((resource) => {
      if (resource.address !== address) return resource;
      const { after, after_unknown: unknown, ...change } = resource.change;
      const { [attribute]: _, ...rest } = after ?? {};
      return { ...resource, change: { ...change, after: rest, after_unknown: { ...unknown, [attribute]: true } } };
    }),
  };
}

describe("resources that name the subject", () => {
  const everyBucket = { ...bucket, conditions: holds("accessBlock") };

  it("by reference, with equal keys, and by name", async () => {
    expect(await verdicts(everyBucket)).toEqual([
      "fail aws_s3_bucket.bare",
      'pass aws_s3_bucket.blocked["assets"]',
      'pass aws_s3_bucket.blocked["backup"]',
      "pass aws_s3_bucket.named",
    ]);
  });

  it("one of which the plan does not tell what it names may be that of any", async () => {
    const plan = hidden("aws_s3_bucket_public_access_block.by_name", "bucket");
    const found = await verdicts(everyBucket, encode(plan));
    expect(found.filter((line) => /bare|named/.test(line))).toEqual([
      "unknown aws_s3_bucket.bare",
      "unknown aws_s3_bucket.named",
    ]);
    expect(found.filter((line) => line.startsWith("fail"))).toEqual([]);
  });

  it("their attributes are a list", async () => {
    const all = { fact: "accessBlock.*.block_public_policy", operator: "everyIn", value: [true] };
    expect(await verdicts({ ...bucket, conditions: { all: [...holds("accessBlock").all, all] } })).toEqual([
      "fail aws_s3_bucket.bare",
      'fail aws_s3_bucket.blocked["backup"]',
      'pass aws_s3_bucket.blocked["assets"]',
      "pass aws_s3_bucket.named",
    ]);
  });

  it("says which they are, and that there is none", async () => {
    const { findings } = await check(planBytes("related"), { policies: [policyOf(everyBucket)], all: true });
    const noteOf = (address: string) =>
      findings.find(({ subject }) => subject.address === address)?.evidence.map(({ note }) => note);
    expect(noteOf("aws_s3_bucket.bare")).toEqual(["no aws_s3_bucket_public_access_block of this plan belongs to it"]);
    expect(noteOf("aws_s3_bucket.named")).toEqual(["aws_s3_bucket_public_access_block.by_name"]);
  });
});

describe("resources that the subject names", () => {
  it("one that is known, one of several, one outside of the plan, and none", async () => {
    expect(await verdicts({ ...logGroup, conditions: holds("key") })).toEqual([
      "fail aws_cloudwatch_log_group.without",
      "pass aws_cloudwatch_log_group.with_key",
      "unknown aws_cloudwatch_log_group.elsewhere",
      "unknown aws_cloudwatch_log_group.one_of",
    ]);
  });

  it("an attribute of theirs", async () => {
    const rotated = { fact: "key.*.enable_key_rotation", operator: "everyIn", value: [true] };
    expect(await verdicts({ ...logGroup, when: holds("key"), conditions: { all: [rotated] } })).toEqual([
      "not-applicable aws_cloudwatch_log_group.without",
      "pass aws_cloudwatch_log_group.with_key",
      "unknown aws_cloudwatch_log_group.elsewhere",
      "unknown aws_cloudwatch_log_group.one_of",
    ]);
  });
});

describe("counting", () => {
  const gateways = (atLeast: number, atMost: number) => ({
    subject: "plan",
    related: { gateways: { type: "aws_nat_gateway", atLeast, atMost } },
    conditions: holds("gateways"),
  });

  it.each([
    [0, 2, "fail plan"],
    [0, 3, "pass plan"],
    [4, 9, "fail plan"],
    [3, 3, "pass plan"],
  ])("at least %i and at most %i of three: %s", async (atLeast, atMost, verdict) => {
    expect(await verdicts(gateways(atLeast, atMost))).toEqual([verdict]);
  });

  it("what cannot be told leaves open only what depends on it", async () => {
    const plan = encode(hidden("aws_s3_bucket_public_access_block.by_name", "bucket"));
    const most = (atLeast: number, atMost: number) => ({
      ...bucket,
      related: { accessBlock: { ...bucket.related.accessBlock, names: ["bucket"], atLeast, atMost } },
      conditions: holds("accessBlock"),
    });
    const bare = async (atLeast: number, atMost: number) =>
      (await verdicts(most(atLeast, atMost), plan)).find((line) => line.includes(".bare"))?.split(" ")[0];
    // Nothing names it, and those that may are the two by reference, whose configuration is gone too, and the hidden one.
    expect([await bare(0, 3), await bare(0, 2), await bare(1, 3), await bare(4, 9)]).toEqual([
      "pass",
      "unknown",
      "unknown",
      "fail",
    ]);
  });

  it("a list that is not told as a whole may name any number", async () => {
    const plan = encode(hidden("aws_cloudwatch_log_group.with_key", "kms_key_id"));
    const most = { ...logGroup, related: { key: { ...logGroup.related.key, atLeast: 0, atMost: 5 } } };
    expect(await verdicts({ ...most, conditions: holds("key") }, plan)).toContain(
      "unknown aws_cloudwatch_log_group.with_key",
    );
  });

  it("the number is a fact of its own", async () => {
    const conditions = { all: [{ fact: "accessBlock.#", operator: "equal", value: 1 }] };
    expect(await verdicts({ ...bucket, conditions })).toEqual([
      "fail aws_s3_bucket.bare",
      'pass aws_s3_bucket.blocked["assets"]',
      'pass aws_s3_bucket.blocked["backup"]',
      "pass aws_s3_bucket.named",
    ]);
  });
});

describe("where: which of the related resources count", () => {
  const equal = (fact: string, value: unknown) => ({ fact, operator: "equal", value });
  const blocks = (where: object, limits: object = {}) => ({
    ...bucket,
    related: { accessBlock: { ...bucket.related.accessBlock, where, ...limits } },
    conditions: holds("accessBlock"),
  });
  const blocking = { all: [equal("block_public_acls", true), equal("block_public_policy", true)] };
  const named = "aws_s3_bucket_public_access_block.by_name";
  const key = (enabled: boolean, limits: object = {}) => ({
    ...logGroup,
    related: { key: { ...logGroup.related.key, where: { all: [equal("enable_key_rotation", enabled)] }, ...limits } },
    conditions: holds("key"),
  });
  const gateways = (where: object, limits: object = {}) => ({
    subject: "plan",
    related: { gateways: { type: "aws_nat_gateway", where, ...limits } },
    conditions: holds("gateways"),
  });

  it("those that name the subject and are not so do not count", async () => {
    expect(await verdicts(blocks(blocking))).toEqual([
      "fail aws_s3_bucket.bare",
      'fail aws_s3_bucket.blocked["backup"]',
      'pass aws_s3_bucket.blocked["assets"]',
      "pass aws_s3_bucket.named",
    ]);
  });

  it("one that is not so does not count against a most", async () => {
    expect(await verdicts(blocks(blocking, { atLeast: 0, atMost: 0 }))).toEqual([
      'fail aws_s3_bucket.blocked["assets"]',
      "fail aws_s3_bucket.named",
      "pass aws_s3_bucket.bare",
      'pass aws_s3_bucket.blocked["backup"]',
    ]);
  });

  it("those that the subject names: one outside of the plan and one that is not told stay unknown", async () => {
    const others = ["fail aws_cloudwatch_log_group.without", "unknown aws_cloudwatch_log_group.elsewhere"];
    const oneOf = "unknown aws_cloudwatch_log_group.one_of";
    expect(await verdicts(key(true))).toEqual([...others, "pass aws_cloudwatch_log_group.with_key", oneOf].sort());
    expect(await verdicts(key(false))).toEqual([...others, "fail aws_cloudwatch_log_group.with_key", oneOf].sort());
  });

  it("one of several counts for certain not where none of them is so, and may count where one is", async () => {
    const plan = planDocument("related");
    const changed = (address: string, values: object) => (resource: PlanJson["resource_changes"][number]) =>
      resource.address === address
        ? { ...resource, change: { ...resource.change, after: { ...resource.change.after, ...values } } }
        : resource;
    // Two keys of one name, which a log group names.
    const resources = plan.resource_changes
      .map(changed("aws_kms_key.logs", { policy: "same" }))
      .map(changed("aws_kms_key.other", { policy: "same" }))
      .map(changed("aws_cloudwatch_log_group.elsewhere", { kms_key_id: "same" }));
    const told = resources.map((resource) =>
      resource.type === "aws_kms_key" ? { ...resource, change: { ...resource.change, after_unknown: {} } } : resource,
    );
    const verdict = async (where: object) => {
      const related = { key: { ...logGroup.related.key, where: { all: [where] }, names: ["policy"] } };
      const policy = { ...logGroup, related, conditions: holds("key") };
      const found = await verdicts(policy, encode({ ...plan, resource_changes: told }));
      return found.find((line) => line.includes("elsewhere"))?.split(" ")[0];
    };
    expect(await verdict(equal("enable_key_rotation", true))).toBe("unknown");
    expect(await verdict(equal("policy", "other"))).toBe("fail");
  });

  it.each([
    [1, 1, "pass plan"],
    [2, 2, "fail plan"],
    [0, 0, "fail plan"],
  ])("of the plan one: at least %i and at most %i is %s", async (atLeast, atMost, verdict) => {
    const where = { any: [equal("subnet_id", "subnet-0123456789abcdef1")] };
    expect(await verdicts(gateways(where, { atLeast, atMost }))).toEqual([verdict]);
  });

  it.each([
    [0, 3, "pass plan"],
    [2, 3, "pass plan"],
    [0, 2, "unknown plan"],
    [3, 3, "unknown plan"],
    [4, 9, "fail plan"],
    [0, 1, "fail plan"],
  ])("one of three that is not told: at least %i and at most %i is %s", async (atLeast, atMost, verdict) => {
    const where = { all: [{ fact: "subnet_id", operator: "startsWith", value: "subnet-" }] };
    const plan = encode(hidden("aws_nat_gateway.this[0]", "subnet_id"));
    expect(await verdicts(gateways(where, { atLeast, atMost }), plan)).toEqual([verdict]);
  });

  it("one that is not told leaves its own subject open, and the number and the list", async () => {
    const plan = encode({
      ...hidden(named, "block_public_policy"),
      configuration: planDocument("related")["configuration"],
    });
    expect(await verdicts(blocks(blocking), plan)).toEqual([
      "fail aws_s3_bucket.bare",
      'fail aws_s3_bucket.blocked["backup"]',
      'pass aws_s3_bucket.blocked["assets"]',
      "unknown aws_s3_bucket.named",
    ]);
    const number = { ...blocks(blocking), conditions: { all: [equal("accessBlock.#", 0)] } };
    expect(await verdicts(number, plan)).toContain("unknown aws_s3_bucket.named");
    const list = { fact: "accessBlock.*.block_public_acls", operator: "everyIn", value: [true] };
    expect(await verdicts({ ...blocks(blocking), conditions: { all: [list] } }, plan)).toContain(
      "unknown aws_s3_bucket.named",
    );
  });

  it("a parameter of the policy may be compared with", async () => {
    const subnet = { type: "string", default: "subnet-0123456789abcdef2", description: "The subnet" };
    const where = { all: [equal("subnet_id", { parameter: "subnet" })] };
    const policy = { ...gateways(where, { atMost: 1 }), parameters: { subnet } };
    expect(await verdicts(policy)).toEqual(["pass plan"]);
    const { findings } = await check(planBytes("related"), {
      policies: [policyOf(policy)],
      parameters: { subnet: "subnet-none" },
    });
    expect(findings.map(({ verdict, evidence }) => [verdict, evidence.map(({ note }) => note)])).toEqual([
      ["fail", ['no aws_nat_gateway in this plan meets the conditions of "where"']],
    ]);
  });

  it("an attribute that becomes unknown turns no pass into a fail and no fail into a pass", () => {
    const compared = ["block_public_acls", "block_public_policy", "bucket", "enable_key_rotation", "subnet_id"];
    const places = planDocument("related").resource_changes.flatMap(({ address, type, change }) =>
      ["aws_s3_bucket_public_access_block", "aws_kms_key", "aws_nat_gateway"].includes(type)
        ? compared.filter((name) => Object.hasOwn(change.after ?? {}, name)).map((name) => [address, name] as const)
        : [],
    );
    const policies = (limits: object) =>
      [
        blocks(blocking, limits),
        blocks({ not: blocking }, limits),
        key(true, limits),
        key(false, limits),
        gateways({ any: [equal("subnet_id", "subnet-0123456789abcdef1")] }, limits),
      ].map((policy, at) => policyOf({ ...policy, id: `TEAM-00${at}` }));
    const judged = async (plan: Uint8Array, limits: object) => {
      const { findings } = await check(plan, { policies: policies(limits), all: true });
      return new Map(findings.map(({ verdict, policy, subject }) => [`${policy} ${subject.address}`, verdict]));
    };
    const configuration = planDocument("related")["configuration"];
    const property = fc.asyncProperty(
      fc.constantFrom(...places),
      fc.nat({ max: 2 }),
      fc.nat({ max: 1 }),
      async ([address, attribute], atLeast, more) => {
        const limits = { atLeast, atMost: atLeast + more };
        const after = await judged(encode({ ...hidden(address, attribute), configuration }), limits);
        const turned = [...(await judged(planBytes("related"), limits))].filter(([subject, verdict]) => {
          const now = after.get(subject);
          return now !== "unknown" && now !== verdict && verdict !== "unknown";
        });
        expect(turned).toEqual([]);
      },
    );
    return holdsFor(property, "small");
  });
});

it("a resource's own address and module are facts", async () => {
  const where = { all: [{ fact: "@module", operator: "equal", value: "" }] };
  const conditions = { all: [{ fact: "@address", operator: "equal", value: "aws_s3_bucket.bare" }] };
  const found = await verdicts({ subject: "resource", type: "aws_s3_bucket", when: where, conditions });
  expect(found.filter((line) => line.startsWith("pass"))).toEqual(["pass aws_s3_bucket.bare"]);
});

describe("mistakes in a related block are told by their place", () => {
  const mistakesOf = (data: object) => {
    const found = loaded({ conditions: holds("accessBlock"), ...data });
    return "mistakes" in found ? found.mistakes.map(({ path, message }) => `${path.join(".")}: ${message}`) : [];
  };
  const related = (relation: object) => ({ ...bucket, related: { accessBlock: relation } });
  const type = "aws_s3_bucket_public_access_block";

  it.each<[string, object, string[]]>([
    ["nothing wrong", bucket, []],
    [
      "no way",
      related({ type }),
      [
        'related.accessBlock: say one of "attribute" (theirs, which names this resource) and "by" (this resource\'s, which names them)',
      ],
    ],
    [
      "a way of the plan",
      { ...related({ type, by: "x" }), subject: "plan", type: undefined },
      ['related.accessBlock: the plan has no attributes, so that "attribute" and "by" have no place here'],
    ],
    [
      "a path that is none",
      related({ type, attribute: "a..b" }),
      ['related.accessBlock.attribute: "a..b" is no attribute path; write bucket or network_configuration.0.subnets'],
    ],
    [
      "more than is allowed",
      related({ type, attribute: "bucket", atMost: 0 }),
      ["related.accessBlock.atMost: asks for more than it allows; give it an atLeast"],
    ],
    ["conditions of which count", related({ type, attribute: "bucket", where: holds("block_public_acls") }), []],
    [
      "conditions of which count that are none",
      related({
        type,
        attribute: "bucket",
        where: { all: [{ fact: "a..b", operator: "equals", value: { parameter: "x" } }, { condition: "y" }] },
      }),
      [
        'related.accessBlock.where.all.0.fact: "a..b" is no attribute path; write versioning.0.enabled, ingress.*.cidr_blocks, ingress.# or tags["key"]',
        'related.accessBlock.where.all.0.operator: unknown operator "equals"; did you mean "equal"?',
        'related.accessBlock.where.all.0.value: unknown parameter "x"; there is none',
        'related.accessBlock.where.all.1.condition: unknown shared condition "y"; there is none',
      ],
    ],
    [
      "a bare comparison of which count",
      related({ type, attribute: "bucket", where: { fact: "bucket", operator: "equal", value: "a" } }),
      ['related.accessBlock.where: the root of conditions must be one of "all", "any", "not" and "condition"'],
    ],
    [
      "a fact that there is not",
      { ...bucket, conditions: holds("accessBlock.bucket") },
      [
        'conditions.all.0.fact: "accessBlock.bucket" is no fact of related resources; write accessBlock, accessBlock.# or accessBlock.*.name',
      ],
    ],
  ])("%s", (_, data, mistakes) => {
    expect(mistakesOf(data)).toEqual(mistakes);
  });
});
