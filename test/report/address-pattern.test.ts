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
  ["module.a.aws_x.y#{key}", 'module.a["web"].aws_x.y', "web", true],
  ["module.a.aws_x.y#{key}", 'module.a["web"].aws_x.y', "api", false],
  ["module.a.aws_x.y#{key}", 'module.a["web"].aws_x.y', "web/VAR", false],
  ["module.a.aws_x.y#{key}/*", 'module.a["web"].aws_x.y', "web/VAR", true],
  ["module.a.aws_x.y#{key}-log", 'module.a["a.b"].aws_x.y', "a.b-log", true],
  ["module.a.aws_x.y#{key}-log", 'module.a["a.b"].aws_x.y', "aXb-log", false],
  ["aws_x.y#web-{key}", "aws_x.y[1]", "web-1", true],
  ["aws_x.y#web-{key}", "aws_x.y[1]", "web-11", false],
  ["aws_x.y#policy/{key}", "aws_x.y[1]", "policy/1", false],
  ["aws_x.y#{key}", "aws_x.y", "web", false],
])("%s on %s %s: %o", (text, address, name, matches) => {
  const pattern = parseAddressPattern(text);
  expect(pattern !== null && subjectMatcher()(pattern, address, name)).toBe(matches);
});

it.each(["", "a b", "a..b", "a[", "a[x]", "a.b#", "#agent", ".a"])("%o is no pattern", (text) => {
  expect(parseAddressPattern(text)).toBeNull();
});
