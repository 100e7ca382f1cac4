import { constants } from "node:buffer";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { planBytes } from "../check-fixture.ts";
import { command } from "./command.ts";
import { testFolder } from "./folder.ts";

const folderWith = testFolder();
/** Of a configuration without resources. */
const clean = JSON.stringify({
  format_version: "1.2",
  terraform_version: "1.11.4",
  planned_values: { root_module: {} },
  configuration: { root_module: {} },
});
const blocked = planBytes("ssm");
const text = new TextDecoder().decode(blocked);
const json: Record<string, unknown> = JSON.parse(text);
const show = "terraform show -json tfplan > plan.json";

function utf16(order: "le" | "be", mark: "" | "\uFEFF"): Uint8Array {
  const bytes = Buffer.from(mark + text, "utf16le");
  return order === "le" ? bytes : bytes.swap16();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}

/** A clean plan, and something else beside it. */
const beside = (name: string, content: string | Uint8Array) =>
  folderWith({ "a/plan.json": clean, [`b/${name}`]: content });
const check = (cwd: string, ...args: string[]) => command(["check", ...args, "--select", "SSM-*"], { cwd });

describe("a plan in a folder is judged, however it is written", () => {
  const forms: [string, string | Uint8Array][] = [
    ["as Terraform writes it", blocked],
    ["UTF-16 LE with a byte order mark, as PowerShell writes it", utf16("le", "\uFEFF")],
    ["UTF-16 BE with a byte order mark", utf16("be", "\uFEFF")],
    ["UTF-16 LE", utf16("le", "")],
    ["UTF-16 BE", utf16("be", "")],
    ["UTF-8 with a byte order mark", `\uFEFF${text}`],
    ["behind the line of setup-terraform", `[command]/opt/terraform show -json tfplan\n${JSON.stringify(json)}\n`],
    ["behind many lines of a wrapper", `${"::debug::waiting for the lock\n".repeat(5000)}${JSON.stringify(json)}\n`],
    ["behind blank lines", `\r\n \n${text}`],
    ["with sorted members", JSON.stringify(sorted(json), null, 2)],
    ["with a large first member", JSON.stringify({ variables: { a: { value: "x".repeat(200_000) } }, ...json })],
    ["with braces and quotes in a first member", JSON.stringify({ variables: { a: { value: '"}]\\"{[' } }, ...json })],
    ["with an escaped name", JSON.stringify(json).replace('"format_version"', '"format\\u005fversion"')],
  ];
  it.each(
    forms.flatMap(([form, content]) => ["plan.json", "shown.json", "out.txt"].map((name) => ({ form, content, name }))),
  )("$form, called $name", async ({ content, name }) => {
    const { code, out } = await check(beside(name, content), "--format", "json");
    const plans: { file: string; report: { summary: { blocking: number } } }[] = JSON.parse(out).plans;
    expect([code, plans.map(({ file, report }) => [file, report.summary.blocking > 0])]).toEqual([
      1,
      [
        ["a/plan.json", false],
        [`b/${name}`, true],
      ],
    ]);
  });
});

describe("a plan that cannot be judged is exit code 3, and named", () => {
  const cut = (length: number) =>
    `the JSON ends in the middle, after ${length} characters; was the command that wrote it cut short? Run again: ${show}`;
  const empty = `the input is empty; did the command before it fail? Run: ${show}`;
  const noJson = `the input is not JSON; run: ${show}`;
  const asText = `this is the text that \`terraform plan\` prints for people; save the plan with -out=tfplan, then run: ${show}`;
  it.each<[string, string, string | Uint8Array, string]>([
    ["empty", "plan.json", "", empty],
    ["empty, by its other name", "tfplan.json", "", empty],
    ["blank", "PLAN.JSON", " \n", empty],
    ["a byte order mark alone", "plan.json", "\uFEFF", empty],
    ["an error", "plan.json", "Error: Failed to load plugin schemas\n", asText],
    ["a framed error", "plan.json", "\n╷\n│ Error: Failed to read plan\n", asText],
    ["another text", "plan.json", "terraform: command not found\n", noJson],
    ["one character", "plan.json", "{", cut(1)],
    ["cut in the first name", "plan.json", text.slice(0, 10), cut(10)],
    ["cut in the first value", "plan.json", text.slice(0, 20), cut(20)],
    ["cut in the first value, by another name", "shown.json", text.slice(0, 20), cut(20)],
    ["cut in the middle, by another name", "shown.json", text.slice(0, 5000), cut(5000)],
    ["broken", "plan.json", '{"format_version": nonsense}', noJson],
    ["compressed", "plan.json", gzipSync(blocked), noJson],
    [
      "an empty object",
      "plan.json",
      "{}",
      `this JSON is not a Terraform plan (it has no format_version); run: ${show}`,
    ],
    ["an empty list", "plan.json", "[]", `this JSON is not a Terraform plan; run: ${show}`],
    [
      "a state",
      "plan.json",
      '{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{}}}',
      `this is a state (\`terraform show -json\` without a plan file), not a plan; run \`terraform plan -out=tfplan\`, then: ${show}`,
    ],
    [
      "the log of terraform plan -json",
      "plan.json",
      '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}\n',
      `this is the log of \`terraform plan -json\`, which has no attribute values; save the plan with -out=tfplan, then run: ${show}`,
    ],
    [
      "the bookmark of a plan of HCP Terraform",
      "tfplan",
      '{"remote_plan_format":1,"run_id":"run-1","hostname":"app.terraform.io"}',
      `this is the bookmark of a plan that HCP Terraform keeps, not the plan; in its directory run: ${show}`,
    ],
  ])("%s", async (_, name, content, reason) => {
    const { code, error } = await check(beside(name, content));
    expect([code, error]).toEqual([3, `plimsoll: b/${name}: ${reason}\n`]);
  });

  it("a pipe, a link to nothing, a link in a circle", async () => {
    const cwd = folderWith({ "a/plan.json": clean });
    for (const name of ["b", "c", "d"]) mkdirSync(join(cwd, name));
    execFileSync("mkfifo", [join(cwd, "b/plan.json")]);
    symlinkSync("nothing", join(cwd, "c/plan.json"));
    symlinkSync("tfplan.json", join(cwd, "d/tfplan.json"));
    const { code, error } = await check(cwd);
    expect([code, error.split("\n")]).toEqual([
      3,
      [
        "plimsoll: b/plan.json: neither a file nor a folder",
        "plimsoll: c/plan.json: a link to a file that is not there",
        "plimsoll: d/tfplan.json: a link that cannot be read (ELOOP); its links form a cycle",
        "",
      ],
    ]);
  });

  it.each([
    ["longer than any text", constants.MAX_STRING_LENGTH + 1],
    ["longer than any file that is read at once", 3 * 1024 ** 3],
  ])("%s", async (_, size) => {
    const cwd = beside("plan.json", "{");
    // A file without content on the disk.
    truncateSync(join(cwd, "b/plan.json"), size);
    const reason = `too large: ${size} bytes, and the longest text that Node.js holds has ${constants.MAX_STRING_LENGTH}; split the configuration, or plan its parts one by one`;
    expect((await check(cwd, "b/plan.json")).error).toBe(`plimsoll: b/plan.json: ${reason}\n`);
    expect((await command(["facts", "b/plan.json"], { cwd })).error).toBe(`plimsoll: b/plan.json: ${reason}\n`);
    expect((await command(["report", "b/plan.json"], { cwd })).error).toBe(`plimsoll: b/plan.json: ${reason}\n`);
  });

  it("from standard input, longer than any text", async () => {
    const stdin = new Uint8Array(constants.MAX_STRING_LENGTH + 1);
    const { code, error } = await command(["check", "-"], { stdin });
    expect([code, error.startsWith(`plimsoll: standard input: too large: ${stdin.length} bytes`)]).toEqual([3, true]);
  });
});

describe("what is left out and may be missed is named", () => {
  const notJson = "called like a plan, and no JSON of one, so it is not judged";
  it.each<[string, string | Uint8Array, string]>([
    ["prod-plan.json", "", notJson],
    ["prod.tfplan.json", "Error: no plan\n", notJson],
    ["plan-1.json", '{"form', notJson],
    ["shop.tfplan", "nothing", notJson],
    ["plan.json.gz", gzipSync(blocked), "compressed, so it is not judged"],
    ["plan.json", '{"price": 3}', "the JSON of something else than a Terraform plan, so it is not judged"],
  ])("%s: %j", async (name, content, why) => {
    const { code, error } = await check(beside(name, content));
    expect([code, error]).toEqual([0, `plimsoll: warning: b/${name}: ${why}\n`]);
  });

  it.each<[string, string]>([
    ["package.json", '{"name":"x"}'],
    ["state.json", '{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{}}}'],
    ["empty-state.json", '{"format_version":"1.0"}'],
    ["schema.json", '{"format_version":"1.0","provider_schemas":{}}'],
    ["cut-state.json", '{"format_version":"1.0","values":{"root'],
    ["terraform.tfstate", '{"version":4,"serial":3,"lineage":"x","resources":[]}'],
    ["floor-plan.json", '{"rooms":[1]}'],
    ["test-data.json", JSON.stringify({ input: json })],
    ["plan.md", "# Plan"],
    ["empty.json", ""],
  ])("nobody takes %s for a plan", async (name, content) => {
    const { code, error } = await check(beside(name, content));
    expect([code, error]).toEqual([0, ""]);
  });

  it.each(["node_modules", ".git", ".terraform"])("nor what is in %s", async (folder) => {
    const { code, error } = await check(beside(`${folder}/plan.json`, ""));
    expect([code, error]).toEqual([0, ""]);
  });

  it("a folder in which there is nothing else is no clean one", async () => {
    const { code, error } = await check(folderWith({ "plan.json": '{"price": 3}' }));
    expect([code, error.split("\n")]).toEqual([
      3,
      [
        "plimsoll: warning: plan.json: the JSON of something else than a Terraform plan, so it is not judged",
        "plimsoll: .: a directory without a plan; make one there with: terraform plan -out=tfplan && terraform show -json tfplan > plan.json",
        "",
      ],
    ]);
  });
});

describe("links", () => {
  const outside = folderWith({ "faulty.json": blocked, "plan.json": blocked });

  it("to a plan elsewhere: it is judged under the name of the link", async () => {
    const cwd = folderWith({ "a/plan.json": clean });
    symlinkSync(join(outside, "faulty.json"), join(cwd, "linked.json"));
    const { code, error, out } = await check(cwd, "--format", "json");
    const plans: { file: string }[] = JSON.parse(out).plans;
    expect([code, error, plans.map(({ file }) => file)]).toEqual([1, "", ["a/plan.json", "linked.json"]]);
  });

  it("to a plan that is found itself, to a folder that is searched, and to one that is not", async () => {
    const cwd = folderWith({ "a/plan.json": clean });
    symlinkSync("a/plan.json", join(cwd, "plan.json"));
    symlinkSync("a", join(cwd, "here"));
    symlinkSync(outside, join(cwd, "there"));
    const { code, error } = await check(cwd);
    expect([code, error.split("\n")]).toEqual([
      0,
      [
        "plimsoll: warning: plan.json: a link to a/plan.json, which is found itself",
        "plimsoll: warning: there: a link to a folder that is not searched; name it to have its plans judged",
        "",
      ],
    ]);
  });

  it("to a plan in a folder that is not searched, and to a file that is no plan by its own name", async () => {
    const cwd = folderWith({ "a/plan.json": clean, ".terraform/plan.json": blocked, "notes.txt": "" });
    symlinkSync(".terraform/plan.json", join(cwd, "linked.json"));
    expect((await check(cwd)).code).toBe(1);
    symlinkSync("notes.txt", join(cwd, "plan.json"));
    expect((await check(cwd)).code).toBe(3);
  });
});

describe("a saved plan", () => {
  const saved = "PK\u0003\u0004tfplan";
  /** A folder for the PATH with a `terraform` that says that it ran, and shows a plan. */
  function terraform() {
    const bin = folderWith({ "plan.json": blocked });
    const log = join(bin, "log");
    writeFileSync(log, "");
    writeFileSync(join(bin, "terraform"), `#!/bin/sh\necho ran >> ${log}\nexec /bin/cat ${join(bin, "plan.json")}\n`);
    chmodSync(join(bin, "terraform"), 0o755);
    return { PATH: bin, log };
  }
  const run = async (cwd: string, ...args: string[]) => {
    const { PATH, log } = terraform();
    const ran = await command(["check", ...args, "--select", "SSM-*"], { cwd, env: { PATH } });
    return { ...ran, isOpened: readFileSync(log, "utf8") !== "" };
  };
  const why = "a saved plan that was only found is not opened, as that runs the provider programs of its folder";

  it("that is only found is not opened, and is a plan that was not judged", async () => {
    const { code, error, isOpened } = await run(folderWith({ "b/tfplan": saved }));
    const todo = "name it, give --open-saved, or run: terraform show -json b/tfplan > plan.json";
    expect([code, isOpened, error]).toEqual([3, false, `plimsoll: b/tfplan: ${why}; ${todo}\n`]);
  });

  it("facts of a folder does not open it either", async () => {
    const { PATH } = terraform();
    const cwd = folderWith({ "b/tfplan": saved });
    expect((await command(["facts", "b"], { cwd, env: { PATH } })).code).toBe(3);
    expect((await command(["facts", "b/tfplan"], { cwd, env: { PATH } })).code).toBe(0);
  });

  it("beside its JSON is named, and the JSON judged; that of another folder does not stand for it", async () => {
    const one = await run(folderWith({ "a/plan.json": clean, "a/tfplan": saved }));
    expect([one.code, one.isOpened, one.error]).toEqual([
      0,
      false,
      `plimsoll: warning: a/tfplan: ${why}; the JSON beside it is judged\n`,
    ]);
    expect((await run(folderWith({ "a/plan.json": clean, tfplan: saved }))).code).toBe(3);
    // JSON that cannot be judged stands for nothing.
    expect((await run(folderWith({ "a/plan.json": "", "a/tfplan": saved }))).code).toBe(3);
  });

  it.each([
    ["named", ["b/tfplan"]],
    ["named beside the folder that holds it", [".", "b/tfplan"]],
    ["found, with --open-saved", ["--open-saved"]],
  ])("that is %s is opened", async (_, args) => {
    const { code, isOpened } = await run(folderWith({ "b/tfplan": saved }), ...args);
    expect([code, isOpened]).toEqual([1, true]);
  });

  it("of a change that is not trusted is not opened: wrong usage where it is named", async () => {
    const cwd = folderWith({
      tfplan: saved,
      "a/plan.json": clean,
      "a/tfplan": saved,
      "gate/plimsoll.yaml": "failOn: high\n",
    });
    const trusted = ["--trusted-config", "gate/plimsoll.yaml"];
    const { code, error, isOpened } = await run(cwd, "tfplan", ...trusted);
    expect([code, error.split("\n").slice(1).join("\n"), isOpened]).toEqual([
      2,
      "plimsoll: tfplan: a saved plan, which is not opened with --trusted-config, as that runs the provider programs of its folder; hand over its JSON: terraform show -json tfplan > plan.json\n",
      false,
    ]);
    expect((await run(cwd, "a", ...trusted)).code).toBe(0);
    expect((await run(cwd, "a", "tfplan", ...trusted)).code).toBe(2);
    const { code: found, isOpened: isFoundOpened } = await run(cwd, ".", ...trusted);
    expect([found, isFoundOpened]).toEqual([3, false]);
  });
});
