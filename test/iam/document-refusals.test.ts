import { describe, expect, it } from "vitest";
import { isDeniedByDocument } from "../../engine/iam/document-refusals.ts";
import { later, shown, statements } from "./statement.ts";

describe("whether a Deny of the document refuses all that a statement allows", () => {
  const allow = { Effect: "Allow", Action: "ecs:Run*", Resource: "arn:aws:ecs:*:*:task/dev/*" };
  it.each<[object, unknown, string]>([
    [{ Action: "*", Resource: "*" }, true, "it refuses everything"],
    [{ Action: "ECS:*", Resource: "*" }, true, "the service, whatever the case"],
    [{ Action: ["s3:*", "ecs:Run*"], Resource: allow.Resource }, true, "the same actions and resources"],
    [{ Action: "ecs:RunTask", Resource: "*" }, false, "some of the actions"],
    [{ Action: "ecs:*", Resource: "arn:aws:ecs:*:*:task/dev/1" }, false, "some of the resources"],
    [{ Action: "ecs:R?n*", Resource: allow.Resource }, true, "any character stands for the one that is named"],
    [{ Action: "ecs:*q*", Resource: "*" }, false, "those with a letter"],
    [{ NotAction: "s3:*", Resource: "*" }, false, "all but some is not compared"],
    [{ Action: "*", NotResource: "arn:aws:s3:::a" }, false, "nor is this"],
    [
      { Action: "*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      false,
      "only under a condition",
    ],
    [{ Action: later, Resource: "*" }, "unknown", "the actions are unknown"],
    [{ Effect: later, Action: "*", Resource: "*" }, "unknown", "it may be an Allow"],
    [{ Effect: "Allow", Action: "*", Resource: "*" }, false, "it is an Allow"],
  ])("%j: %s, as %s", (deny, expected) => {
    const document = statements(allow, { Effect: "Deny", ...deny });
    const [first] = document;
    if (first === undefined) throw new Error("no statement");
    expect(shown(isDeniedByDocument(first, document))).toBe(expected);
  });
});

describe("a document of many statements is compared in proportion", () => {
  /** The statements of a document, which counts how often the actions of its refusals are read. */
  function counted(count: number, denies: (at: number) => string, counter: { reads: number }) {
    const allowed = Array.from({ length: count }, (_, at) => ({
      Effect: "Allow",
      Action: `s3:Get${at}`,
      Resource: "*",
    }));
    const refused = Array.from({ length: count }, (_, at) => ({ Effect: "Deny", Action: denies(at), Resource: "*" }));
    return statements(...allowed, ...refused).map((statement) => {
      const { actions } = statement;
      return {
        ...statement,
        get actions() {
          if (statement.effect === "Deny") counter.reads += 1;
          return actions;
        },
      };
    });
  }

  it.each([500, 1000, 2000])("%i statements that name each action in full", (count) => {
    const counter = { reads: 0 };
    const document = counted(count, (at) => `S3:Get${at * 2}`, counter);
    const refused = document.slice(0, count).map((statement) => isDeniedByDocument(statement, document));
    expect(refused.filter((each) => each === true)).toHaveLength(count / 2);
    expect(refused.filter((each) => each === false)).toHaveLength(count / 2);
    expect(counter.reads).toBeLessThanOrEqual(count * 5);
  });

  it.each([500, 1000, 2000])("%i statements with patterns: what is behind the first 100 stays open", (count) => {
    const counter = { reads: 0 };
    const document = counted(count, (at) => (at === 0 ? "s3:Get7" : `s3:Get${at}?????*`), counter);
    const [first, ...others] = document.slice(0, count).map((statement) => isDeniedByDocument(statement, document));
    expect(shown(first)).toBe("unknown");
    expect(others[6]).toBe(true);
    expect(counter.reads).toBeLessThanOrEqual(count * 103 * 2);
  });

  it("a Deny of many patterns against an Allow of many actions", () => {
    const list = (pattern: (at: number) => string) => Array.from({ length: 300 }, (_, at) => pattern(at));
    const [allow, ...rest] = statements(
      { Effect: "Allow", Action: list((at) => `s3:Get${at}`), Resource: "*" },
      { Effect: "Deny", Action: list((at) => `s3:Get${at}`).reverse(), Resource: "*" },
    );
    if (allow === undefined) throw new Error("no statement");
    expect(isDeniedByDocument(allow, [allow, ...rest])).toBe(true);
  });
});
