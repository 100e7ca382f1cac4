import { expect, it } from "vitest";
import { parseBuildspec } from "../../engine/buildspec/buildspec.ts";
import { buildspecPlace } from "../../engine/buildspec/place.ts";
import { understandBuildspec } from "../../engine/buildspec/understand.ts";
import { Unknown } from "../../engine/plan/unknown.ts";

it.each([
  [null, "repository"],
  ["ci/buildspec.yml", "repository"],
  ["version.yml", "repository"],
  ["arn:aws:s3:::steps/buildspec.yml", "s3"],
  ["version: 0.2\nphases: {}\n", "inline"],
  ["version: 0.2", "inline"],
  ['{"version":"0.2","phases":{}}', "inline"],
  ["phases:\n  build:\n", "inline"],
] as const)("%j stands %s", (text, place) => {
  expect(buildspecPlace(text)).toBe(place);
});

it("reads phases, variables and what happens on failure", () => {
  const text = `
version: 0.1
env:
  shell: bash
  variables: { A: one, N: 1 }
  parameter-store: { B: /b }
  secrets-manager: { C: c:d }
common: &common
  on-failure: ABORT
phases:
  post_build: { commands: echo done }
  build:
    <<: *common
    commands: [make, 7, { a: b }]
    finally: [echo end]
  other: { commands: [never] }
`;
  expect(parseBuildspec(text).buildspec).toEqual({
    variables: [
      { name: "A", value: "one" },
      { name: "N", value: "1" },
    ],
    storedVariables: ["B", "C"],
    phases: [
      {
        name: "build",
        onFailure: "ABORT",
        commands: [
          { place: "phases.build.commands[0]", text: "make" },
          { place: "phases.build.commands[1]", text: "7" },
          {
            place: "phases.build.commands[2]",
            text: new Unknown("not-understood", [], "phases.build.commands[2] is no text"),
          },
        ],
        finally: [{ place: "phases.build.finally[0]", text: "echo end" }],
      },
      {
        name: "post_build",
        onFailure: null,
        commands: [{ place: "phases.post_build.commands[0]", text: "echo done" }],
        finally: [],
      },
    ],
    shell: "bash",
    keepsVariables: false,
    hasOtherBuildspecs: false,
  });
});

it.each([
  ["version: 0.2\nphases: [", "the buildspec is not valid YAML, at character 22"],
  ["version: 0.2\nversion: 0.2\n", "the buildspec is not valid YAML, at character 13"],
  ["version: 0.2\n", "the buildspec has no phases"],
  ["phases: 7\n", "the buildspec has no phases"],
  [
    "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n",
    "the buildspec has too many or unresolved aliases",
  ],
])("%j: %s", (text, because) => {
  expect(parseBuildspec(text).buildspec).toEqual(new Unknown("not-understood", [], because));
});

const nothing = { variables: new Map(), isWindows: false, wrappers: { vulnerabilities: [], configuration: [] } };

/** The exit code that reaches Trivy, by what sets it. */
it.each([
  ["project before buildspec", { project: { TRIVY_EXIT_CODE: "0" }, buildspec: { TRIVY_EXIT_CODE: "1" } }, false],
  ["buildspec", { project: {}, buildspec: { TRIVY_EXIT_CODE: "1" } }, true],
  ["not told", { project: { TRIVY_EXIT_CODE: null }, buildspec: {} }, null],
  ["nowhere", { project: {}, buildspec: {} }, false],
] as const)("a variable of the %s", (_, { project, buildspec }, fails) => {
  const text = JSON.stringify({ env: { variables: buildspec }, phases: { build: { commands: ["trivy image a"] } } });
  const found = understandBuildspec(parseBuildspec(text).buildspec, {
    ...nothing,
    variables: new Map(Object.entries(project)),
  });
  expect(found instanceof Unknown ? found : found.actions[0]?.scans[0]?.fails).toBe(fails);
});

it.each([
  ["0.1", false],
  ["0.2", true],
])("in version %s a variable that one entry exports reaches the next: %s", (version, fails) => {
  const commands = ["export TRIVY_EXIT_CODE=1", "trivy image a"];
  const found = understandBuildspec(
    parseBuildspec(JSON.stringify({ version, phases: { build: { commands } } })).buildspec,
    nothing,
  );
  expect(found instanceof Unknown ? found : found.actions.at(-1)?.scans[0]?.fails).toBe(fails);
});

it("commands of Windows builds are for PowerShell unless the buildspec says otherwise", () => {
  const text = (env: object) => JSON.stringify({ env, phases: { build: { commands: ["docker build ."] } } });
  const windows = { ...nothing, isWindows: true };
  expect(understandBuildspec(parseBuildspec(text({})).buildspec, windows)).toEqual(
    new Unknown("not-understood", [], "its commands are not for a POSIX shell"),
  );
  const found = understandBuildspec(parseBuildspec(text({ shell: "bash" })).buildspec, windows);
  expect(found instanceof Unknown ? found : found.actions.map(({ images }) => images?.builds)).toEqual([true]);
});
