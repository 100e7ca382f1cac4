import { describe, expect, it } from "vitest";
import type { Finding } from "../../engine/index.ts";
import { causeOf } from "../../engine/report/cause.ts";
import { fingerprint } from "../../engine/report/fingerprint.ts";
import { type WrittenWaiver, waiversByCause, waiversByInstance } from "../../engine/report/written-waivers.ts";

function finding(address: string, name: string | null, actual: string, verdict: Finding["verdict"] = "fail"): Finding {
  const found = { policy: "ECS-004", subject: { kind: "container", address, name, action: null }, location: null };
  return {
    ...found,
    title: "",
    severity: "high",
    verdict,
    blocking: true,
    problem: null,
    message: "",
    notes: [],
    evidence: [
      {
        fact: "user",
        operator: "equal",
        negated: false,
        expected: null,
        parameter: null,
        actual,
        state: "known",
        path: null,
        address: null,
        unknown: null,
        note: null,
      },
    ],
    waiver: null,
    cause: causeOf(found).id,
    fingerprint: fingerprint([address, name, actual]),
  };
}

function lines(waivers: readonly WrittenWaiver[]): string[] {
  return waivers.map(
    ({ resources, fingerprint: bound, maxMatches }) =>
      `${resources.join(" ")}${bound === null ? "" : " bound"}${maxMatches === null ? "" : ` ${maxMatches}`}`,
  );
}

const instances = (count: number, actual: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => finding(`aws_x.y["k${at}"]`, null, actual(at)));

describe("a waiver for each cause", () => {
  it("is bound to what was found where that is the same but for the keys", () => {
    expect(lines(waiversByCause([instances(3, (at) => `user-k${at}`)]))).toEqual(["aws_x.y bound"]);
    expect(lines(waiversByCause([instances(3, (at) => `user ${at}`)]))).toEqual(["aws_x.y"]);
  });

  it("has room for as many again", () => {
    expect(lines(waiversByCause([instances(10, () => "root")]))).toEqual(["aws_x.y bound"]);
    expect(lines(waiversByCause([instances(11, () => "root")]))).toEqual(["aws_x.y bound 22"]);
    expect(lines(waiversByCause([instances(600, () => "root")]))).toEqual(["aws_x.y bound 1000"]);
    // What is unknown at the same place matches too, unless the waiver is bound to what was found.
    const unknown = finding('aws_x.y["z"]', null, "later", "unknown");
    const failing = instances(10, (at) => `user ${at}`);
    expect(lines(waiversByCause([[...failing, unknown]]))).toEqual(["aws_x.y 22"]);
  });

  it("counts what several plans have in common once, and matches in the plan that has most", () => {
    expect(lines(waiversByCause([instances(12, () => "root"), instances(15, () => "root")]))).toEqual([
      "aws_x.y bound 30",
    ]);
  });

  it("gives way to one for each instance where it would waive more than any waiver may", () => {
    const many = instances(1001, () => "root");
    expect(waiversByCause([many])).toEqual(waiversByInstance([many]));
    expect(waiversByCause([many])).toHaveLength(1001);
  });

  it("and where it would waive another cause too", () => {
    const whole = [finding("aws_x.y[0]", null, "one"), finding("aws_x.y[1]", null, "two")];
    const part = finding("aws_x.y[0]", "web", "root");
    expect(lines(waiversByCause([[...whole, part]]))).toEqual([
      "aws_x.y[0] bound",
      "aws_x.y[1] bound",
      "aws_x.y#web bound",
    ]);
  });

  it("is for what fails and is not waived", () => {
    const waived = {
      ...finding("aws_x.y", "web", "root"),
      waiver: { reason: "fine", owner: null, expires: null, from: "plimsoll.yaml:1" },
    };
    expect(waiversByCause([[waived, finding("aws_x.z", null, "later", "unknown")]])).toEqual([]);
  });
});
