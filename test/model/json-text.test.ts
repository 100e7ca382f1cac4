import { describe, expect, it } from "vitest";
import { parseJsonText } from "../../engine/model/json-text.ts";
import { Unknown } from "../../engine/plan/unknown.ts";

describe("parseJsonText", () => {
  it.each([
    ['{"a":{"b":1},"b":[{"b":2},{"b":3}]}', { a: { b: 1 }, b: [{ b: 2 }, { b: 3 }] }],
    ['{"a":"b\\":{","b":"}"}', { a: 'b":{', b: "}" }],
    ['["a","a"]', ["a", "a"]],
  ])("reads %s", (text, value) => {
    expect(parseJsonText(text)).toEqual(value);
  });

  it.each([
    ["{", "the text is not valid JSON"],
    ['{"secret": hunter2}', "the text is not valid JSON"],
    ['{"a":1,"a":2}', "an object has the same key twice, at character 7"],
    ['{"x":[{"a":1},{"a":1,"b":2,"\\u0061":3}]}', "an object has the same key twice, at character 27"],
  ])("does not read %s, and does not quote it", (text, detail) => {
    expect(parseJsonText(text)).toEqual(new Unknown("invalid-json", [], detail));
  });
});
