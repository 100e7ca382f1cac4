import { expect, it } from "vitest";
import { facts } from "../../engine/index.ts";
import { encode, planDocument } from "../check-fixture.ts";

const address = 'aws_ecr_repository_policy.refusal["source"]';

/** The notes and reasons of the facts that stand in the policy of a repository, whose condition has this key. */
async function sentences(key: string, mask: unknown): Promise<string[]> {
  const plan = planDocument("ecr-grants");
  const change = plan.resource_changes.find((each) => each.address === address)?.change;
  if (change?.after == null) throw new Error("the fixture has no such policy");
  change.after["policy"] = String(change.after["policy"]).replace("aws:SourceArn", key);
  change.after_sensitive = mask;
  const { subjects } = await facts(encode(plan));
  return subjects.flatMap((subject) =>
    Object.values(subject.facts).flatMap((fact) => {
      if (fact.address !== address) return [];
      return [fact.note, fact.unknown?.reason ?? null].filter((sentence) => sentence !== null);
    }),
  );
}

it("a sentence on a policy quotes nothing of it where the plan marks it", async () => {
  const refused = "no statement denies ecr:BatchGetImage";
  const narrowed = "the Deny is narrowed by aws:RequestedRegion";
  expect(await sentences("aws:RequestedRegion", {})).toEqual([narrowed, refused]);
  expect(await sentences("aws:RequestedRegion", { policy: true })).toEqual(["(sensitive)", refused]);
  // What is marked beside it, and the words of every policy, hide nothing.
  expect(await sentences("aws:RequestedRegion", { repository: true })).toEqual([narrowed, refused]);
});
