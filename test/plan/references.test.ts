import { describe, expect, it } from "vitest";
import { rootScope, unrepeated } from "../../engine/plan/configuration.ts";
import type { ConfigModule } from "../../engine/plan/envelope.ts";
import { formatTarget, type Reference } from "../../engine/plan/references.ts";
import { resolveExpression } from "../../engine/plan/resolve-expression.ts";

/** An expression that counts how often its references are read. */
function counted(references: readonly string[], counter: { reads: number }): unknown {
  return {
    get references() {
      counter.reads += 1;
      return references;
    },
  };
}

function ends(references: readonly Reference[]): string[] {
  return references.map(({ end }) => ("target" in end ? formatTarget(end.target) : end.deadEnd));
}

const repository = { mode: "managed", type: "aws_ecr_repository", name: "x" };

/** `m0` gives out a repository; each further module gets both outputs of the one before, twice, and gives both out. */
function diamonds(length: number, counter: { reads: number }): ConfigModule {
  const calls = Array.from({ length }, (_, at) => {
    const inputs = at === 0 ? ["aws_ecr_repository.x.arn"] : [`module.m${at - 1}.o0`, `module.m${at - 1}.o1`];
    const outputs = { expression: counted(["var.v0", "var.v1"], counter) };
    return [
      `m${at}`,
      {
        expressions: { v0: counted(inputs, counter), v1: counted(inputs, counter) },
        module: { variables: { v0: {}, v1: {} }, outputs: { o0: outputs, o1: outputs } },
      },
    ] as const;
  });
  return { resources: [repository], module_calls: Object.fromEntries(calls) };
}

describe("references are a graph, and each place of it is looked at once", () => {
  it.each([20, 40, 80, 160])("a chain of %i modules with two ways each", (length) => {
    const counter = { reads: 0 };
    const scope = rootScope(diamonds(length, counter));
    const found = resolveExpression({ references: [`module.m${length - 1}.o0`] }, scope, unrepeated);
    expect(ends(found)).toEqual(["aws_ecr_repository.x.arn"]);
    // Two inputs and two outputs each; each is read by more than one question.
    expect(counter.reads).toBeLessThanOrEqual(4 * length * 4);
  });

  it("a chain that is longer than the bound leads nowhere, and says so", () => {
    const scope = rootScope(diamonds(300, { reads: 0 }));
    expect(ends(resolveExpression({ references: ["module.m299.o0"] }, scope, unrepeated))).toEqual(["too-long"]);
  });

  it("a chain that comes back to where it began ends there, and says so", () => {
    const module = { variables: { v: {} }, outputs: { o: { expression: { references: ["var.v", "local.x"] } } } };
    const call = (from: string) => ({ expressions: { v: { references: [`module.${from}.o`] } }, module });
    const scope = rootScope({ module_calls: { a: call("b"), b: call("a") } });
    expect(ends(resolveExpression({ references: ["module.a.o"] }, scope, unrepeated))).toEqual(["too-long", "local"]);
  });

  it("a variable that two instances of a module are given is followed for each", () => {
    const child = { variables: { v: {} }, outputs: { o: { expression: { references: ["var.v"] } } } };
    const scope = rootScope({
      resources: [repository],
      module_calls: { a: { expressions: { v: { references: ["aws_ecr_repository.x"] } }, module: child } },
    });
    const found = resolveExpression({ references: ['module.a["k"].o["one"]', "module.a.o"] }, scope, unrepeated);
    expect(found.map(({ end }) => "target" in end && end.target.pairKey)).toEqual(["one"]);
  });
});

describe("a long list of references is read in proportion", () => {
  it.each([1000, 4000])("%i references", (length) => {
    let reads = 0;
    const texts = Array.from({ length }, (_, at) => `aws_ecr_repository.r${at}`);
    const references = new Proxy(texts, {
      get(target, key, receiver) {
        if (typeof key === "string" && /^\d+$/.test(key)) reads += 1;
        return Reflect.get(target, key, receiver);
      },
    });
    const resources = texts.map((_, at) => ({ ...repository, name: `r${at}` }));
    const found = resolveExpression({ references }, rootScope({ resources }), unrepeated);
    expect(found).toHaveLength(length);
    expect(reads).toBeLessThanOrEqual(3 * length);
  });

  it("what is referred to twice is one reference, and its shorter forms are none", () => {
    const texts = ["aws_ecr_repository.x.arn", "aws_ecr_repository.x"];
    const references = [...texts, "var.tag", ...texts];
    const found = resolveExpression({ references }, rootScope({ resources: [repository] }), unrepeated);
    expect(ends(found)).toEqual(["aws_ecr_repository.x.arn", "variable"]);
  });
});

it("an expression in which blocks nest 10,000 deep is followed all the same", () => {
  let given: unknown = { references: ["aws_ecr_repository.x.arn"] };
  for (let at = 0; at < 10_000; at += 1) given = { inner: [given] };
  const child = { variables: { v: {} }, outputs: { o: { expression: { references: ["var.v"] } } } };
  const scope = rootScope({
    resources: [repository],
    module_calls: { a: { expressions: { v: given }, module: child } },
  });
  expect(ends(resolveExpression({ references: ["module.a.o"] }, scope, unrepeated))).toEqual([
    "aws_ecr_repository.x.arn",
  ]);
});
