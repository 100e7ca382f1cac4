import { expect, it } from "vitest";
import { withLibraries } from "../../engine/expressions/libraries.ts";
import { workOutUnknown } from "../../engine/expressions/work-out.ts";
import { ownMember } from "../../engine/plan/json.ts";
import { readPlan } from "../../engine/plan/read.ts";
import { Unknown } from "../../engine/plan/unknown.ts";
import { textSource } from "./text-source.ts";

/** What is worked out for an attribute that the plan hides, beside another that is worked out whatever the first is. */
async function hidden(value: string, others: string, files: Readonly<Record<string, string>> = {}) {
  const { source } = textSource({
    "main.tf": `${others}\nresource "aws_x" "y" {\n  value = ${value}\n  other = "o\${aws_x.z.arn}"\n}\nresource "aws_x" "z" {}\n`,
    ...files,
  });
  const change = (name: string, unknown: object) => ({
    address: `aws_x.${name}`,
    mode: "managed",
    type: "aws_x",
    name,
    change: { actions: ["create"], before: null, after: {}, after_unknown: unknown },
  });
  const plan = readPlan({
    format_version: "1.2",
    resource_changes: [change("y", { value: true, other: true }), change("z", { arn: true, id: true })],
  });
  const { configuration } = source;
  if (configuration === undefined) throw new Error("no configuration");
  const { resources } = await withLibraries(() => workOutUnknown(plan, configuration));
  const made = resources.find(({ name }) => name === "y")?.node;
  const other = ownMember(made?.value, "other");
  expect(other instanceof Unknown ? other.known.parts?.length : null).toBe(2);
  return ownMember(made?.value, "value");
}

/** Locals of which each is made of the one before. */
function chain(length: number, first: string, next: (before: string) => string): string {
  const links = Array.from({ length }, (_, at) => `  l${at + 1} = ${next(`local.l${at}`)}`);
  return `locals {\n  l0 = ${first}\n${links.join("\n")}\n}\n`;
}

const doubled = (before: string) => `"\${${before}}\${${before}}"`;

type Attack = [what: string, value: string, others: string, files?: Readonly<Record<string, string>>];

const attacks: Attack[] = [
  ["texts that double", "local.l60", chain(60, '"xxxxxxxxxxxxxxxx"', doubled)],
  ["texts with holes that double", "local.l60", chain(60, "aws_x.z.arn", doubled)],
  ["lists that double", "jsonencode(local.l60)", chain(60, '["x"]', (before) => `[${before}, ${before}]`)],
  ["lists that double, in parts", "local.l60[0][0]", chain(60, '["x"]', (before) => `[${before}, ${before}]`)],
  ["lists that are joined", "length(local.l60)", chain(60, '["x"]', (before) => `concat(${before}, ${before})`)],
  ["objects that double", "jsonencode(local.l60)", chain(60, "{}", (before) => `{ a = ${before}, b = ${before} }`)],
  ["numbers that are squared", "tostring(local.l60)", chain(60, "1e900", (before) => `${before} * ${before}`)],
  ["a text that replaces each of its letters", 'replace(local.l20, "x", local.l20)', chain(20, '"x"', doubled)],
  ["JSON in JSON", "local.l60", chain(60, '"\\""', (before) => `jsonencode([${before}, ${before}])`)],
  ["products", "setproduct(local.l, local.l, local.l, local.l)", "locals {\n  l = range(1000)\n}"],
  [
    "loops in loops",
    "[for a in local.l : [for b in local.l : [for c in local.l : a]]]",
    "locals {\n  l = range(1000)\n}",
  ],
  ["a number of too many digits", "parseint(local.l20, 36)", chain(20, '"z"', doubled)],
  [
    "YAML with aliases in aliases",
    'yamldecode(file("bomb.yaml"))',
    "",
    {
      "bomb.yaml": `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 20 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array.from({ length: 10 }, () => `*a${at}`).join(", ")}]`).join("\n")}\n`,
    },
  ],
  ["YAML with an alias that is nowhere", 'yamldecode("a: *b")', ""],
  ["YAML that nests without end", 'yamldecode(file("deep.yaml"))', "", { "deep.yaml": "[".repeat(50_000) }],
  [
    "JSON that nests without end",
    'jsondecode(file("deep.json"))',
    "",
    { "deep.json": `${"[".repeat(50_000)}${"]".repeat(50_000)}` },
  ],
  [
    "a template that reads itself",
    'templatefile("self.tftpl", {})',
    "",
    { "self.tftpl": '${templatefile("self.tftpl", {})}' },
  ],
  [
    "templates that read two others",
    'templatefile("t60.tftpl", {})',
    "",
    Object.fromEntries(
      Array.from({ length: 61 }, (_, at) => [
        `t${at}.tftpl`,
        at === 0 ? "x" : `\${templatefile("t${at - 1}.tftpl", {})}\${templatefile("t${at - 1}.tftpl", {})}`,
      ]),
    ),
  ],
  ["a local that is itself", "local.a", "locals {\n  a = local.b\n  b = [local.a]\n}"],
  [
    "a module in itself",
    "module.self.value",
    'module "self" {\n  source = "./"\n}\noutput "value" {\n  value = [module.self.value, module.self.value]\n}',
  ],
  [
    "modules in each other",
    "module.a",
    'module "a" {\n  source = "./a"\n}',
    {
      "a/main.tf": 'module "b" {\n  source = "../b"\n}\noutput "all" {\n  value = [module.b, module.b]\n}',
      "b/main.tf": 'module "a" {\n  source = "../a"\n}\noutput "all" {\n  value = [module.a, module.a]\n}',
    },
  ],
  ["a path out of the root", 'file("../../../../etc/passwd")', ""],
  ["an absolute path", 'file("/etc/passwd")', ""],
  ["files out of the root", 'fileset("..", "**")', ""],
];

it.each<Attack>(attacks)("%s ends", async (_what, value, others, files) => {
  const found = await hidden(value, others, files);
  // Of what takes too much work nothing is told.
  const isHole = found === undefined || found instanceof Unknown;
  expect(isHole || JSON.stringify(found).length < 5_000_000).toBe(true);
});
