import { describe, expect, it } from "vitest";
import { pack } from "../../policies/pack.ts";

/** How each tool writes the ids of its checks: Checkov, Trivy, tfsec, KICS, cdk-nag, Regula, Prowler. */
const forms =
  /^(?:CKV2?_AWS_\d+|AWS-\d{4}|aws-[a-z-]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|AwsSolutions-[A-Z]+\d+|FG_R\d{5}|[a-z]+(?:_[a-z]+)+)$/;

describe("checks of other tools that policies name", () => {
  it.each(pack.map(({ id, controls }) => ({ id, same: controls["same-as"] ?? [], part: controls["part-of"] ?? [] })))(
    "$id",
    ({ same, part }) => {
      const all = [...same, ...part];
      expect(all.filter((id) => !forms.test(id))).toEqual([]);
      expect(all.filter((id, at) => all.indexOf(id) !== at)).toEqual([]);
    },
  );
});
