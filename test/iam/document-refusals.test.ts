import { describe, expect, it } from "vitest";
import { isRefusedByDocument } from "../../engine/iam/document-refusals.ts";
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
    [{ Action: later, Resource: "*" }, "unknown", "the actions are not told"],
    [{ Effect: later, Action: "*", Resource: "*" }, "unknown", "it may be an Allow"],
    [{ Effect: "Allow", Action: "*", Resource: "*" }, false, "it is an Allow"],
  ])("%j: %s, as %s", (deny, expected) => {
    const document = statements(allow, { Effect: "Deny", ...deny });
    const [first] = document;
    if (first === undefined) throw new Error("no statement");
    expect(shown(isRefusedByDocument(first, document))).toBe(expected);
  });
});
