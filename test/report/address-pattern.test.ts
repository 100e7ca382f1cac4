import { expect, it } from "vitest";
import { parseAddressPattern, subjectMatcher } from "../../engine/report/address-pattern.ts";

const web = "aws_ecs_task_definition.web";
const keyed = 'module.team["a.b"].module.app[0].aws_ecs_task_definition.web["x*y"]';

it.each<[pattern: string, address: string | null, name: string | null, matches: boolean]>([
  [web, web, null, true],
  [web, web, "agent", true],
  [`${web}#agent`, web, "agent", true],
  [`${web}#agent`, web, "agent/VAR", false],
  [`${web}#agent/*`, web, "agent/VAR", true],
  [`${web}#agent`, web, null, false],
  ["aws_ecs_task_definition.*", web, null, true],
  ["aws_ecs_task_definition.w?b", web, null, true],
  ["aws_*.web", web, null, true],
  ["*", web, null, true],
  ["*", keyed, null, true],
  ["*", null, null, true],
  ["plan", null, null, true],
  ["plan", web, null, false],
  [web, `${web}[0]`, null, true],
  [`${web}[0]`, `${web}[0]`, null, true],
  [`${web}[0]`, `${web}[1]`, null, false],
  [`${web}[*]`, `${web}[1]`, null, true],
  [`${web}[*]`, web, null, false],
  [`${web}["api-*"]`, `${web}["api-1"]`, null, true],
  [`${web}["api-*"]`, `${web}["web-1"]`, null, false],
  [web, "module.a.aws_ecs_task_definition.web", null, false],
  ["module.team", keyed, null, true],
  ['module.team["a.b"]', keyed, null, true],
  ['module.team["a"]', keyed, null, false],
  ["module.team.module.app", keyed, null, true],
  ["module.team.*", keyed, null, true],
  ["module.*.aws_ecs_task_definition.web", keyed, null, false],
  ["module.*.module.*.aws_ecs_task_definition.web", keyed, null, true],
  [keyed, keyed, null, true],
  [keyed, keyed.replace("x*y", "xzy"), null, true],
  ["module.te", keyed, null, false],
  ["var.db_password", "var.db_password", null, true],
])("%s on %s %s: %o", (text, address, name, matches) => {
  const pattern = parseAddressPattern(text);
  expect(pattern !== null && subjectMatcher()(pattern, address, name)).toBe(matches);
});

it.each(["", "a b", "a..b", "a[", "a[x]", "a.b#", "#agent", ".a"])("%o is no pattern", (text) => {
  expect(parseAddressPattern(text)).toBeNull();
});
