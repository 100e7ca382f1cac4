import { formatTarget, type Reference } from "./references.ts";

/** The resources that unknown values wait on, for evidence: `module.a.aws_x.y.attribute`. */
export function waitsOn(references: readonly Reference[]): string[] {
  // Variables are known when the plan is made: nothing waits on them.
  const open = references.filter(({ end }) => !("deadEnd" in end && end.deadEnd === "variable"));
  const texts = open.map(({ text, end }) => ("target" in end ? formatTarget(end.target) : text));
  return [...new Set(texts)];
}
