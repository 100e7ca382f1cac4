import type { Modelled } from "../../model/model.ts";
import { Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";

const writers = ["buildLogGroup", "functionLogGroup", "sessionLogGroup", "flowLogGroup"] as const;

/** The log groups of the plan, with what of it writes to them. */
export function logGroupSubjects(context: JoinContext): SubjectOf<"log-group">[] {
  return context.model.aws_cloudwatch_log_group.map((group) =>
    subject("log-group", group.resource, null, {
      name: group.attributes.name,
      ...usesOf(group, context),
      retentionDays: group.attributes.retention_in_days,
    }),
  );
}

function usesOf(group: Modelled<"aws_cloudwatch_log_group">, { joins }: JoinContext) {
  const all = writers.map((writer) => joins.to(group, writer));
  const certain = all.flatMap(({ certain: sure }) => sure.map(({ source }) => source.resource.address));
  const open = all.flatMap(({ possible }) => possible.slice(0, 1))[0]?.unknown ?? null;
  const isUsed = certain.length > 0 || (open ?? false);
  const note = isUsed === false ? "nothing of this plan but containers writes to it" : null;
  return {
    isUsed: derivedFact(isUsed, { note }),
    usedBy: derivedFact([...new Set(certain), ...(isUsed instanceof Unknown ? [isUsed] : [])]),
  };
}
