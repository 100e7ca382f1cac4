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
  expect(await sourcesOf("aws_iam_access_key.deploy")).toEqual(["unknown", ["(not told by the plan)"]]);
});

it("takes a parameter for a secret where it is a SecureString, or named as one", async () => {
  expect(await sourcesOf("aws_ssm_parameter.literal.value")).toEqual(["fail", ["aws_ssm_parameter.literal.value"]]);
  expect(await sourcesOf("aws_ssm_parameter.harmless.value")).toEqual(["unknown", undefined]);
  expect(await sourcesOf("data.aws_ssm_parameter.password.value")).toEqual([
    "fail",
    ["data.aws_ssm_parameter.password.value"],
  ]);
  expect(await sourcesOf("data.aws_ssm_parameter.image.value")).toEqual(["unknown", undefined]);
  expect(await sourcesOf("data.aws_ssm_parameter.banner.value")).toEqual(["unknown", ["(not told by the plan)"]]);
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
