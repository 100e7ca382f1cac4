import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openSource } from "../../cli/source/open.ts";
import { workOutUnknown } from "../../engine/expressions/work-out.ts";
import { facts, type Report } from "../../engine/index.ts";
import { ownMember } from "../../engine/plan/json.ts";
import { readPlan } from "../../engine/plan/read.ts";
import { Unknown } from "../../engine/plan/unknown.ts";
import { fixturesFolder } from "../../fixtures/fixtures.ts";
import { checkAll, planBytes, planDocument, subjectId, verdictLines } from "../check-fixture.ts";
import { textSource } from "./text-source.ts";

const work = mkdtempSync(join(tmpdir(), "plimsoll-worked-out-"));
afterAll(() => rmSync(work, { recursive: true }));

/** A copy of the fixture, to be changed. */
function copy(): string {
  const folder = mkdtempSync(join(work, "copy-"));
  cpSync(join(fixturesFolder, "worked-out"), folder, { recursive: true });
  return folder;
}

function change(folder: string, file: string, from: string, to: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(path, text.replace(from, to));
}

async function checkIn(folder: string): Promise<Report> {
  const { source, warnings } = await openSource(folder, ".");
  expect(warnings).toEqual([]);
  return checkAll(planBytes("worked-out"), { source });
}

const fixture = join(fixturesFolder, "worked-out");
const isOf = (name: string) => (line: string) => line.includes(`aws_ecs_task_definition.${name}`);

describe("a first plan whose source is at hand", () => {
  it("has these verdicts", async () => {
    const report = await checkIn(fixture);
    expect(report.warnings).toEqual([]);
    await expect(`${verdictLines(report.findings).join("\n")}\n`).toMatchFileSnapshot("worked-out.txt");
  });

  it("leaves only those containers open of which something cannot be worked out", async () => {
    const { findings } = await checkIn(fixture);
    const open = findings
      .filter(({ verdict, policy }) => verdict === "unknown" && /^ECS-0(?:0\d|1[0-5])$/.test(policy))
      .map(({ policy, subject }) => `${policy} ${subjectId(subject)}`);
    expect(open).toEqual(
      ["ECS-005", "ECS-012", "ECS-004"].map((policy) => `${policy} aws_ecs_task_definition.holes#web`),
    );
  });

  it("says of evidence that it was worked out, and where", async () => {
    const { findings } = await checkIn(fixture);
    const finding = findings.find(
      ({ policy, subject }) => policy === "ECS-005" && subjectId(subject) === "aws_ecs_task_definition.heredoc#web",
    );
    expect(finding?.message).toBe(
      "container_definitions[0].privileged is true (worked out from the source, main.tf:71)",
    );
    expect(finding?.evidence.map(({ workedOut }) => workedOut)).toEqual([{ file: "main.tf", line: 71 }]);
    // What the plan tells itself has no such mark.
    const known = findings.find(({ policy }) => policy === "ECR-003");
    expect(known?.evidence.map(({ workedOut }) => workedOut)).toEqual([undefined]);
  });

  it("shows no secret that the source writes", async () => {
    const text = JSON.stringify(await checkIn(fixture));
    expect(text).not.toContain("s3cr3t-token-of-nobody");
    expect(text).not.toContain("correct-horse-battery");
  });

  it("shows nothing of what is known of a value that is not known as a whole, among all attributes of a resource", async () => {
    const { source } = await openSource(fixture, ".");
    const { resource_changes: changes } = planDocument("worked-out");
    expect(changes.length).toBeGreaterThan(20);
    for (const { address } of changes) {
      const text = JSON.stringify(await facts(planBytes("worked-out"), { source, address }));
      expect([address, text.match(/[^"]*\.known\.[^"]*|s3cr3t-token-of-nobody|correct-horse-battery/)?.[0]]).toEqual([
        address,
        undefined,
      ]);
    }
  });
});

/** What holes hide: a text may be a secret, and a condition may hold or not. */
const hiddenByHoles: Readonly<Record<string, readonly string[]>> = {
  // The id of a version is no name of the secret, its secret_id may be a bare name, what is made longer names another, and a
  // parameter has no keys.
  "generated-names": [
    "ECS-013 aws_ecs_task_definition.secrets#api/ID_OF_VERSION",
    "ECS-013 aws_ecs_task_definition.secrets#api/KEY_OF_PLAIN",
    "ECS-013 aws_ecs_task_definition.secrets#api/LONGER",
    "ECS-013 aws_ecs_task_definition.secrets#api/SECRET_OF_VERSION",
  ],
  "worked-out-shapes": [],
  "worked-out-parts": [
    "ECS-012 aws_ecs_task_definition.added#app",
    "ECS-012 aws_ecs_task_definition.either#app",
    "ECS-012 aws_ecs_task_definition.some#app",
    "ECS-012 module.task.aws_ecs_task_definition.this#app",
    "ECS-004 aws_ecs_task_definition.added#app",
    "ECS-004 aws_ecs_task_definition.either#app",
    "ECS-004 module.task.aws_ecs_task_definition.this#app",
  ],
  "worked-out-stacks": [
    "ECS-012 aws_ecs_task_definition.holes#web",
    "ECS-012 aws_ecs_task_definition.synthesised#agent",
    "ECS-012 aws_ecs_task_definition.synthesised#web",
    "ECS-006 aws_ecs_task_definition.synthesised#agent",
    "ECS-006 aws_ecs_task_definition.synthesised#web",
  ],
};

describe.each(Object.keys(hiddenByHoles))("of the shapes of %s", (name) => {
  it("every container is decided but for what holes hide, and no secret is shown", async () => {
    const { source, warnings } = await openSource(join(fixturesFolder, name), ".");
    const { findings, warnings: told } = await checkAll(planBytes(name), { source });
    expect([...warnings, ...told]).toEqual([]);
    await expect(`${verdictLines(findings).join("\n")}\n`).toMatchFileSnapshot(`${name}.txt`);
    const open = findings.filter(({ verdict, policy }) => verdict === "unknown" && /^ECS-0(?:0\d|1\d)$/.test(policy));
    expect(open.map(({ policy, subject }) => `${policy} ${subjectId(subject)}`)).toEqual(hiddenByHoles[name]);
    expect(JSON.stringify(findings)).not.toMatch(/nobody-knows-this|correct-horse/);
  });
});

describe("source and plan have to belong together", () => {
  it("a resource of which one attribute differs is judged as without source, with one warning", async () => {
    const folder = copy();
    change(folder, "main.tf", 'family                = "heredoc"', 'family                = "other"');
    const report = await checkIn(folder);
    expect(report.warnings).toEqual([
      "main.tf:70: aws_ecs_task_definition.heredoc has another family in the plan than here, so that nothing is worked out " +
        "from the source for it; plan again with these files, or name theirs with --source",
    ]);
    const bare = verdictLines((await checkAll(planBytes("worked-out"))).findings);
    const own = verdictLines(report.findings);
    expect(own.filter(isOf("heredoc"))).toEqual(bare.filter(isOf("heredoc")));
    const whole = verdictLines((await checkIn(fixture)).findings);
    expect(own.filter((line) => !isOf("heredoc")(line))).toEqual(whole.filter((line) => !isOf("heredoc")(line)));
  });

  it("files are read in the folders of modules alone, and no link leads out of them", async () => {
    const folder = copy();
    const template = "templates/containers.json.tftpl";
    cpSync(join(folder, template), join(work, "outside.tftpl"));
    unlinkSync(join(folder, template));
    symlinkSync(join(work, "outside.tftpl"), join(folder, template));
    const linked = verdictLines((await checkIn(folder)).findings).filter(isOf("file"));
    expect(linked.filter((line) => line.includes("ECS-005"))).toEqual([
      "unknown critical ECS-005 aws_ecs_task_definition.file",
    ]);
    change(folder, "main.tf", `\${path.module}/${template}`, "../outside.tftpl");
    const outside = verdictLines((await checkIn(folder)).findings).filter(isOf("file"));
    expect(outside).toEqual(linked);
  });

  it("no link leads to configuration elsewhere", async () => {
    const folder = copy();
    const module = "modules/inner/main.tf";
    cpSync(join(folder, module), join(work, "elsewhere.tf"));
    unlinkSync(join(folder, module));
    symlinkSync(join(work, "elsewhere.tf"), join(folder, module));
    const { source, warnings } = await openSource(folder, ".");
    expect(warnings).toEqual([
      "modules/inner/main.tf: cannot be read as configuration, so no lines, values and waivers come from it",
    ]);
    const lines = verdictLines((await checkAll(planBytes("worked-out"), { source })).findings);
    const bare = verdictLines((await checkAll(planBytes("worked-out"))).findings);
    const isInner = (line: string) => line.includes("module.outer.module.inner.");
    expect(lines.filter(isInner)).toEqual(bare.filter(isInner));
  });

  it("a block that cannot be read tells nothing, and the others what they told", async () => {
    const folder = copy();
    change(folder, "main.tf", 'family                = "heredoc"', 'family                = "heredoc" 3');
    const report = await checkIn(folder);
    expect(report.warnings).toEqual([
      "main.tf:70: cannot be read, so no lines and values come from the block around it",
    ]);
    const bare = verdictLines((await checkAll(planBytes("worked-out"))).findings);
    const whole = verdictLines((await checkIn(fixture)).findings);
    const own = verdictLines(report.findings);
    expect(own.filter(isOf("heredoc"))).toEqual(bare.filter(isOf("heredoc")));
    expect(own.filter((line) => !isOf("heredoc")(line))).toEqual(whole.filter((line) => !isOf("heredoc")(line)));
  });

  it("a file with a mistake between its blocks tells nothing; one that nobody asks for is not read", async () => {
    const folder = copy();
    writeFileSync(join(folder, "other.tf"), 'resource "aws_x" "y" {\n}\n}\n');
    const whole = await checkIn(fixture);
    expect(await checkIn(folder)).toEqual(whole);
    writeFileSync(join(folder, "main.tf"), `${readFileSync(join(folder, "main.tf"), "utf8")}\n}\n`);
    const report = await checkIn(folder);
    const end = readFileSync(join(folder, "main.tf"), "utf8").split("\n").length - 1;
    expect(report.warnings).toEqual([
      `main.tf:${end}: cannot be read as configuration, so no lines, values and waivers come from it`,
    ]);
    const bare = verdictLines((await checkAll(planBytes("worked-out"))).findings);
    expect(verdictLines(report.findings)).toEqual(bare);
  });

  it("what marks the order of bytes is no part of configuration and templates", async () => {
    const folder = copy();
    for (const file of ["main.tf", "templates/containers.json.tftpl"])
      writeFileSync(join(folder, file), `\uFEFF${readFileSync(join(folder, file), "utf8")}`);
    const whole = verdictLines((await checkIn(fixture)).findings);
    expect(verdictLines((await checkIn(folder)).findings)).toEqual(whole);
    // What `file` tells begins with it.
    writeFileSync(join(folder, "templates/plain.json"), "\uFEFF[]");
    const { source } = await openSource(folder, ".");
    expect(source.configuration?.file("templates/plain.json")).toBe("\uFEFF[]");
  });

  it("modules that were downloaded tell what local ones do", async () => {
    const folder = copy();
    const downloaded = ".terraform/modules";
    cpSync(join(folder, "modules"), join(folder, downloaded), { recursive: true });
    rmSync(join(folder, "modules"), { recursive: true });
    const Modules = ["outer", "outer.inner"].map((Key) => ({ Key, Dir: `${downloaded}/${Key.replace("outer.", "")}` }));
    writeFileSync(join(folder, downloaded, "modules.json"), JSON.stringify({ Modules }));
    change(folder, "main.tf", '"./modules/outer"', '"example/outer/aws"');
    const own = verdictLines((await checkIn(folder)).findings);
    expect(own).toEqual(verdictLines((await checkIn(fixture)).findings));
  });

  it("a circle and a chain without end make holes", async () => {
    const folder = copy();
    change(folder, "main.tf", "  base = {", "  base = local.base\n  other = {");
    const links = Array.from({ length: 3000 }, (_, at) => `  chain${at} = local.chain${at + 1}`).join("\n");
    writeFileSync(join(folder, "chain.tf"), `locals {\n${links}\n  chain3000 = "x"\n}\n`);
    change(
      folder,
      "main.tf",
      'family                = "replaced"',
      'family                = "replaced"\n  tags = { a = local.chain0 }',
    );
    const lines = verdictLines((await checkIn(folder)).findings);
    expect(lines.filter(isOf("functions")).filter((line) => line.includes("ECS-005"))).toEqual([
      "unknown critical ECS-005 aws_ecs_task_definition.functions#0",
      "pass critical ECS-005 aws_ecs_task_definition.functions#sidecar",
    ]);
  });
});

it("a template_file is worked out from its arguments", async () => {
  const { source } = textSource({
    "main.tf": `
      resource "aws_ecr_repository" "app" {
      }
      data "template_file" "web" {
        template = file("\${path.module}/web.json")
        vars     = { url = aws_ecr_repository.app.repository_url, port = 80 }
      }
      resource "aws_ecs_task_definition" "web" {
        container_definitions = data.template_file.web.rendered
      }`,
    "web.json": `[{ "name": "web", "image": "\${url}:1", "privileged": true, "cpu": \${port} }]`,
  });
  const change = (mode: string, type: string, name: string, unknown: Readonly<Record<string, unknown>>) => ({
    address: `${mode === "data" ? "data." : ""}${type}.${name}`,
    mode,
    type,
    name,
    change: { actions: [mode === "data" ? "read" : "create"], before: null, after: {}, after_unknown: unknown },
  });
  const plan = readPlan({
    format_version: "1.2",
    resource_changes: [
      change("data", "template_file", "web", { id: true, rendered: true, vars: { url: true } }),
      change("managed", "aws_ecr_repository", "app", { repository_url: true }),
      change("managed", "aws_ecs_task_definition", "web", { container_definitions: true }),
    ],
  });
  if (source.configuration === undefined) throw new Error("no configuration");
  const { resources } = workOutUnknown(plan, source.configuration);
  const made = resources.find(({ type }) => type === "aws_ecs_task_definition")?.node.value;
  const text = ownMember(made, "container_definitions");
  if (!(text instanceof Unknown)) throw new Error("nothing is known of it");
  const parts = text.known.parts?.map((part) =>
    typeof part === "string" ? part : part.references.map((each) => each.text),
  );
  expect(parts).toEqual([
    '[{ "name": "web", "image": "',
    ["aws_ecr_repository.app.repository_url"],
    ':1", "privileged": true, "cpu": 80 }]',
  ]);
});

describe("the workspace", () => {
  const configuration = `
    locals {
      stage = terraform.workspace
    }
    resource "aws_ecr_repository" "app" {
      name = "app-\${local.stage}-eu"
    }
    resource "aws_ecs_task_definition" "app" {
      container_definitions = jsonencode([{ image = aws_ecr_repository.app.repository_url, privileged = local.stage == "prod" }])
    }`;

  /** Whether the container is privileged where the plan names the repository so. */
  async function privileged(name: string | null): Promise<unknown> {
    const { source } = textSource({ "main.tf": configuration });
    const change = (type: string, after: object, unknown: object) => ({
      address: `${type}.app`,
      mode: "managed",
      type,
      name: "app",
      change: { actions: ["create"], before: null, after, after_unknown: unknown },
    });
    const plan = readPlan({
      format_version: "1.2",
      resource_changes: [
        change("aws_ecr_repository", name === null ? {} : { name }, { repository_url: true }),
        change("aws_ecs_task_definition", {}, { container_definitions: true }),
      ],
    });
    if (source.configuration === undefined) throw new Error("no configuration");
    const { resources, warnings } = workOutUnknown(plan, source.configuration);
    expect(warnings).toEqual([]);
    const made = resources.find(({ type }) => type === "aws_ecs_task_definition")?.node.value;
    const text = ownMember(made, "container_definitions");
    const [container] = text instanceof Unknown && Array.isArray(text.known.json) ? text.known.json : [];
    return ownMember(container, "privileged");
  }

  it("is what stands in its place in a text of the plan", async () => {
    expect(await privileged("app-prod-eu")).toBe(true);
    expect(await privileged("app-stage-eu")).toBe(false);
  });

  it("is not known where no text of the plan tells it, or where that is another text than the source writes", async () => {
    for (const name of [null, "app--eu", "other-prod-eu", "app-prod"])
      expect([name, (await privileged(name)) instanceof Unknown]).toEqual([name, true]);
  });
});
