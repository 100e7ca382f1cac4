import { describe, expect, it } from "vitest";
import type { ReportEvidence, ShownValue } from "../../engine/index.ts";
import { snippetOf } from "../../engine/report/snippet.ts";

function evidence(...actual: ShownValue[]): ReportEvidence[] {
  return actual.map((each) => ({
    fact: "value",
    operator: "equal",
    negated: false,
    expected: null,
    parameter: null,
    actual: each,
    state: "known",
    path: null,
    address: null,
    unknown: null,
    note: null,
  }));
}

describe("a line of the source in a report", () => {
  it.each([
    ['  user      = "root"', ["root"], 'user      = "root"'],
    ['  user      = "root" # the password is hunter2', ["root"], 'user      = "root"'],
    [
      '  image = "docker.io/acme/${var.name}:latest",',
      ["docker.io/acme/basket:latest"],
      'image = "docker.io/acme/${var.name}:latest",',
    ],
    ["  privileged = true", [true], "privileged = true"],
    ["  cpu = 512", [], "cpu = 512"],
    ["  portMappings = [{ containerPort = 22 }]", [["22-22"]], "portMappings = [{ containerPort = 22 }]"],
    ['  "user": "root",', ["root"], '"user": "root",'],
    ["  container_definitions = jsonencode([", [], "container_definitions = jsonencode(["],
    ["", [], null],
    ["  # nothing but a comment", [], null],
  ])("shows what the evidence shows: %s", (line, actual, snippet) => {
    expect(snippetOf(line, evidence(...actual))).toBe(snippet);
  });

  it.each([
    ['  value = "hunter2"', "(sensitive)", null],
    ['  value = "correct-horse-${var.name}"', "(sensitive)", null],
    ['  { value = "correct-horse-${var.name}" },', "(sensitive)", '{ value = "…${var.name}" },'],
    ['  { name = "DB_PASSWORD", value = "hunter2" },', "DB_PASSWORD", '{ name = "DB_PASSWORD", value = "…" },'],
    ['  value = var.debug ? "hunter2" : "other"', "(sensitive)", 'value = var.debug ? "…" : "…"'],
    ['  { "hunter2" : "x" }', "x", '{ "hunter2" : "x" }'],
    ["  pin = 12345678", "(sensitive)", "pin = …"],
    ['  value = "a \\" hunter2"', "a", null],
    ['  value = "never closed hunter2', "a", null],
    ['  { value = "never closed hunter2', "a", '{ value = "…"'],
    ["  {", "a", null],
    ['  { value = "${coalesce(var.password, "hunter2")}" },', "a", null],
    ['  { value = "%{ if var.prod }${lookup(local.all, "hunter2", "x")}%{ endif }" },', "a", null],
    ['  command = ["sh", "-c", "login --password=hunter2"]', "sh", 'command = ["sh", "…", "…"]'],
  ])("hides what it does not: %s", (line, actual, snippet) => {
    expect(snippetOf(line, evidence(actual))).toBe(snippet);
  });

  it("shows a long line in part", () => {
    expect(snippetOf(`list = [${"true, ".repeat(60)}]`, [])).toBe(`list = [${"true, ".repeat(60).slice(0, 132)}…`);
  });
});
