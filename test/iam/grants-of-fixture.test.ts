import { expect, it } from "vitest";
import { checkAll, planBytes } from "../check-fixture.ts";

const principals = ["Anyone", "OwnAccount", "OwnRole", "OtherAccount", "OtherRole", "Lambda"];
const parameters = {
  account_ids: ["111122223333"],
  trusted_org_ids: ["o-own0000001"],
  require_source_condition: true,
};

// `grants.txt` has a table for each policy: a row for each condition, a column for each principal.
it("whom the statements of the fixture let in, where accounts and organizations are stated", async () => {
  const policies = ["ECR-008", "ECR-009", "ECR-011", "ECR-013", "SM-001", "IAM-009", "IAM-010"];
  const { findings } = await checkAll(planBytes("grants"), { select: policies, parameters });
  const rows = new Map<string, Map<string, string>>();
  for (const { policy, subject, verdict, severity } of findings) {
    const statement = subject.name?.replace(/^.*\//, "") ?? subject.address ?? "";
    const column = principals.find((principal) => statement.startsWith(principal)) ?? "";
    const row = `${policy} ${statement.slice(column.length)}`;
    const cell = verdict === "fail" ? severity : verdict === "not-applicable" ? "-" : verdict;
    rows.set(row, (rows.get(row) ?? new Map<string, string>()).set(column, cell));
  }
  const lines = [...rows]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([row, cells]) => {
      const columns = cells.has("")
        ? [cells.get("")]
        : principals.map((principal) => (cells.get(principal) ?? "").padEnd(8));
      return `${row.padEnd(30)} ${columns.join(" ")}`.trimEnd();
    });
  const head = `${"".padEnd(30)} ${principals.map((principal) => principal.slice(0, 8).padEnd(8)).join(" ")}`.trimEnd();
  await expect(`${[head, ...lines].join("\n")}\n`).toMatchFileSnapshot("./grants.txt");
});
