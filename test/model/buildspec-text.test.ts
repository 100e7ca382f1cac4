import { expect, it } from "vitest";
import { buildspecText } from "../../engine/model/buildspec-text.ts";
import { jsonNode } from "../../engine/plan/node.ts";
import { nothingKnown, Unknown } from "../../engine/plan/unknown.ts";

/** An attribute of a resource of this plan, as it is. */
function hole(type: string, attribute: string): Unknown {
  const none = { key: null, pairKey: null, pairKeys: null };
  const target = { module: [], mode: "managed", type, name: "x", attribute, ...none } as const;
  const text = `${type}.x.${attribute}`;
  const reference = { text, sensitive: false, isBare: true, end: { target } } as const;
  return new Unknown("after-apply", [reference], null, { ...nothingKnown, isExact: true });
}

const url = hole("aws_ecr_repository", "repository_url");
const arn = hole("aws_secretsmanager_secret", "arn");
const password = hole("random_password", "result");

function read(known: Partial<Unknown["known"]>): unknown {
  const text = new Unknown("after-apply", [], null, { ...nothingKnown, ...known });
  const { value, state } = buildspecText.read(jsonNode(text, "buildspec", false));
  return value instanceof Unknown ? state : value;
}

it("what AWS assigns is a variable that nobody sets, each its own", () => {
  expect(read({ parts: ["version: 0.2\n# ", url, ":1 ", arn, " ", url, "\n"] })).toBe(
    "version: 0.2\n# ${PLIMSOLL_ASSIGNED_0}:1 ${PLIMSOLL_ASSIGNED_1} ${PLIMSOLL_ASSIGNED_0}\n",
  );
  expect(read({ json: { phases: { build: { commands: [url, "x"] } } } })).toBe(
    '{"phases":{"build":{"commands":["${PLIMSOLL_ASSIGNED_0}","x"]}}}',
  );
});

it("any other text may hold commands, and the ARN of an object is no buildspec", () => {
  expect(read({ parts: ["version: 0.2\n", password] })).toBe("unknown");
  expect(read({ json: { phases: password } })).toBe("unknown");
  expect(buildspecText.read(jsonNode(arn, "buildspec", false)).state).toBe("unknown");
});
