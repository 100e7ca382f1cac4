import { describe, expect, it } from "vitest";
import { readWaiver } from "../../cli/source/waiver-text.ts";
import { textSource } from "./text-source.ts";

const form = "# plimsoll:waive ECS-004 until 2027-03-31 owner platform-team: the reason";

describe("the text of a waiver", () => {
  it.each([
    ["plimsoll:waive ECS-004: why", { policies: ["ECS-004"], expires: null, owner: null, reason: "why" }],
    [
      "plimsoll:waive ECS-004 until 2028-02-29 owner platform-team: the agent: must read ",
      { policies: ["ECS-004"], expires: "2028-02-29", owner: "platform-team", reason: "the agent: must read" },
    ],
    [
      "plimsoll:waive  ECS-004 ,ECR-003,  TEAM-A-001 owner Jane Doe : why",
      { policies: ["ECS-004", "ECR-003", "TEAM-A-001"], expires: null, owner: "Jane Doe", reason: "why" },
    ],
    [
      "plimsoll:waive ECS-004 owner platform-team until 2027-03-31: why",
      { policies: ["ECS-004"], expires: "2027-03-31", owner: "platform-team", reason: "why" },
    ],
  ])("%s", (text, waiver) => {
    expect(readWaiver(text)).toEqual(waiver);
  });

  const noReason = `a waiver needs a reason behind a colon: ${form}`;
  const noPolicy = `a waiver names the policies that it waives, parted by commas, then perhaps until and owner: ${form}`;
  const noDate = `until takes the last day of a waiver as year-month-day: ${form}`;
  const unknown = `plimsoll does not know what this comment wants; a waiver reads: ${form}`;
  it.each([
    ["plimsoll:waive ECS-004", noReason],
    ["plimsoll:waive ECS-004:", noReason],
    ["plimsoll:waive ECS-004 :  ", noReason],
    ["plimsoll:waive : why", noPolicy],
    ["plimsoll:waive ECS: why", noPolicy],
    ["plimsoll:waive ECS-*: why", noPolicy],
    ["plimsoll:waive ecs-004: why", noPolicy],
    ["plimsoll:waive ECS-004 ECR-003: why", noPolicy],
    ["plimsoll:waive ECS-004 because: why", noPolicy],
    ["plimsoll:waive ECS-004 until: why", noPolicy],
    ["plimsoll:waive ECS-004 owner me until 2027-03-31x: why", noDate],
    ["plimsoll:waive ECS-004 until 2027-03-31 until 2028-03-31: why", noPolicy],
    ["plimsoll:waive ECS-004 until 2027-03-31 2028-03-31: why", noDate],
    ["plimsoll:waive ECS-004 owner: why", noPolicy],
    ["plimsoll:waive until 2027-03-31: why", noPolicy],
    ["plimsoll:waive ECS-004 until 2027-02-29: why", noDate],
    ["plimsoll:waive ECS-004 until tomorrow: why", noDate],
    ["plimsoll:waive ECS-004 until 31.3.2027: why", noDate],
    ["plimsoll:waive", unknown],
    ["plimsoll:waived ECS-004: why", unknown],
    ["plimsoll:ignore ECS-004: why", unknown],
    ["plimsoll: waive ECS-004: why", unknown],
    ["Plimsoll:waive ECS-004: why", unknown],
  ])("is wrong: %s", (text, mistake) => {
    expect(readWaiver(text)).toEqual(mistake);
  });
});

/** The lines of the waivers of a source, with what they count for: `main.tf:1 ECS-004: a.b, a.c`. */
function waiverLines(texts: Readonly<Record<string, string>>, addresses: readonly string[]): string[] {
  const { source, mistakes } = textSource(texts, { remote: ".terraform/modules/remote" });
  expect(mistakes).toEqual([]);
  return source.waivers(addresses).map(({ from, policy, resources }) => `${from} ${policy}: ${resources.join(", ")}`);
}

it("a waiver is bound to the addresses that its block makes, as they stand", () => {
  const { source } = textSource({
    "ecs.tf": "# plimsoll:waive ECS-004, ECS-006 until 2027-03-31 owner platform-team: must read\nresource a b {}\n",
  });
  const shared = {
    resources: ['a.b["*"]', "a.b[1]"],
    exact: true,
    fingerprint: null,
    reason: "must read",
    owner: "platform-team",
    expires: "2027-03-31",
    maxMatches: Number.MAX_SAFE_INTEGER,
    from: "ecs.tf:1",
  };
  expect(source.waivers(['a.b["*"]', "a.c", "a.b[1]", 'a.b["*"]', "data.a.b", "module.x.a.b"])).toEqual([
    { policy: "ECS-004", ...shared },
    { policy: "ECS-006", ...shared },
  ]);
});

describe("in a comment of several lines", () => {
  it.each<[string, string, string[]]>([
    ["a reason goes on", "/* plimsoll:waive X-1: the console is\n   read only */", ["X-1: the console is read only"]],
    ["its colon may come later", "/*\n * plimsoll:waive X-1\n * until 2027-03-31: r\n */", ["X-1: r"]],
    ["up to an empty line", "/*\n * plimsoll:waive X-1: r\n *\n * what follows\n */", ["X-1: r"]],
    ["up to the next", "/* plimsoll:waive X-1: r\n s\n plimsoll:waive X-2: t\n u */", ["X-1: r s", "X-2: t u"]],
    ["what comes before is none of it", "/* the console\n plimsoll:waive X-1: r */", ["X-1: r"]],
    ["comments of one line each are several", "# plimsoll:waive X-1: r\n# more", ["X-1: r"]],
  ])("%s", (_, comment, expected) => {
    const { source, mistakes } = textSource({ "main.tf": `${comment}\nresource a b {}\n` });
    expect(mistakes).toEqual([]);
    expect(source.waivers(["a.b"]).map(({ policy, reason }) => `${policy}: ${reason}`)).toEqual(expected);
  });
});

describe("where a waiver may stand", () => {
  it.each([
    ["above", "# plimsoll:waive X-1: r\nresource a b {}\n", ["main.tf:1 X-1: a.b"]],
    [
      "above other comments",
      "// plimsoll:waive X-1: r\n# other\n/* more\n */\nresource a b {}\n",
      ["main.tf:1 X-1: a.b"],
    ],
    [
      "in a comment of several lines",
      "/*\n * plimsoll:waive X-1: r\n * plimsoll:waive X-2: r */\nresource a b {}\n",
      ["main.tf:2 X-1: a.b", "main.tf:3 X-2: a.b"],
    ],
    [
      "in a comment that ends where the block begins",
      "/* plimsoll:waive X-1: r\n*/ resource a b {}\n",
      ["main.tf:1 X-1: a.b"],
    ],
    ["on the first line", "resource a b { # plimsoll:waive X-1: r\n}\n", ["main.tf:1 X-1: a.b"]],
    ["behind a block of one line", "resource a b {} # plimsoll:waive X-1: r\n", ["main.tf:1 X-1: a.b"]],
    [
      "within",
      "resource a b {\n\n  # plimsoll:waive X-1: r\n\n  c = 1 # plimsoll:waive X-2: r\n  d {}\n  # plimsoll:waive X-3: r\n}\n",
      ["main.tf:3 X-1: a.b", "main.tf:5 X-2: a.b", "main.tf:7 X-3: a.b"],
    ],
    ["Windows line ends", "# plimsoll:waive X-1: r\r\n# other\r\nresource a b {}\r\n", ["main.tf:1 X-1: a.b"]],
    ["between two blocks", "resource a c {\n}\n# plimsoll:waive X-1: r\nresource a b {}\n", ["main.tf:3 X-1: a.b"]],
    [
      "at a data source, a variable, an output, a provider",
      "#plimsoll:waive X-1: r\ndata a b {}\n#plimsoll:waive X-2: r\nvariable v {}\n#plimsoll:waive X-3: r\noutput o {}\n#plimsoll:waive X-4: r\nprovider p {}\n",
      ["main.tf:1 X-1: data.a.b", "main.tf:3 X-2: var.v", "main.tf:5 X-3: output.o", "main.tf:7 X-4: provider.p"],
    ],
    [
      "in a text it is none",
      'resource a b {\n  c = "# plimsoll:waive X-1: r"\n  d = <<E\n# plimsoll:waive X-1: r\nE\n}\n',
      [],
    ],
    ["in the middle of a comment it is none", "# see plimsoll:waive X-1: r\nresource a b {}\n", []],
  ])("%s", (_name, text, lines) => {
    expect(waiverLines({ "main.tf": text }, ["a.b", "data.a.b", "var.v", "output.o", "provider.p"])).toEqual(lines);
  });

  const nowhere =
    "this waiver stands at no block that it could count for; write it directly above a resource, data or module block, or within that block but in none of its parts";
  it.each([
    ["a blank line below", "# plimsoll:waive X-1: r\n\nresource a b {}\n", ["main.tf:1"]],
    ["behind the end of a block", "resource a b {\n} # plimsoll:waive X-1: r\nresource a c {}\n", ["main.tf:2"]],
    ["below", "resource a b {}\n# plimsoll:waive X-1: r\n", ["main.tf:2"]],
    ["in a nested block", "resource a b {\n  c { # plimsoll:waive X-1: r\n  }\n}\n", ["main.tf:2"]],
    ["in an expression", "resource a b {\n  c = [\n    # plimsoll:waive X-1: r\n  ]\n}\n", ["main.tf:3"]],
    ["at locals", "# plimsoll:waive X-1: r\nlocals {}\n", ["main.tf:1"]],
    ["alone", "# plimsoll:waive X-1: r", ["main.tf:1"]],
  ])("not there: %s", (_name, text, places) => {
    expect(textSource({ "main.tf": text }).mistakes).toEqual(places.map((place) => ({ place, message: nowhere })));
  });

  it("all mistakes of all files of one's own are told at once, by file and line", () => {
    const { mistakes } = textSource({
      "a.tf": "# plimsoll:waive X-1\nresource a b {\n  # plimsoll:x\n}\n",
      "b_override.tf": "# plimsoll:waive X-1: r\nresource a b {\n  # plimsoll:waive X-1 until 1: r\n}\n",
      "main.tf": 'module m {\n  source = "./m"\n}\nmodule m2 {\n  source = "./m"\n}\n',
      "m/main.tf": "# plimsoll:waive X-1:\nresource a b {}\n",
    });
    expect(mistakes.map(({ place }) => place)).toEqual(["a.tf:1", "a.tf:3", "b_override.tf:3", "m/main.tf:1"]);
  });
});

describe("what a waiver counts for", () => {
  const tree = {
    "main.tf": `# plimsoll:waive X-1: r
module shop {
  source = "./shop"
}
module other {
  source = "./shop"
}
# plimsoll:waive X-2: r
module remote {
  source = "git::https://example.com/x.git"
}
# plimsoll:waive X-3: r
module far {
  source = "git::https://example.com/y.git"
}
# plimsoll:waive X-4: r
resource a unused {}
`,
    "shop/main.tf": '# plimsoll:waive X-5: r\nresource a b {}\nmodule inner {\n  source = "../inner"\n}\n',
    "shop/override.tf": "# plimsoll:waive X-6: r\nresource a b {}\n",
    "inner/main.tf": "# plimsoll:waive X-7: r\nresource a b {}\n",
    "uncalled/main.tf": "# plimsoll:waive X-8: r\nresource a b {}\n",
    // A module that was downloaded waives nothing for those who use it.
    ".terraform/modules/remote/main.tf": "# plimsoll:waive X-9: r\nresource a b {}\n# plimsoll:nonsense\n",
  };

  it("a module: all behind its call; a block of a module: all instances of all calls", () => {
    const addresses = [
      'module.shop["a"].a.b',
      'module.shop["b"].a.b[0]',
      "module.shop.module.inner.a.b",
      "module.other.a.b",
      "module.remote.a.b",
      "module.far.module.deep.a.b",
      "a.b",
    ];
    expect(waiverLines(tree, addresses)).toEqual([
      'main.tf:1 X-1: module.shop["a"].a.b, module.shop["b"].a.b[0], module.shop.module.inner.a.b',
      "main.tf:8 X-2: module.remote.a.b",
      "main.tf:12 X-3: module.far.module.deep.a.b",
      "main.tf:16 X-4: ",
      'shop/main.tf:1 X-5: module.shop["a"].a.b, module.shop["b"].a.b[0], module.other.a.b',
      'shop/override.tf:1 X-6: module.shop["a"].a.b, module.shop["b"].a.b[0], module.other.a.b',
      "inner/main.tf:1 X-7: module.shop.module.inner.a.b",
    ]);
  });

  it("a block that stands twice makes nothing that could be told", () => {
    expect(waiverLines({ "main.tf": "# plimsoll:waive X-1: r\nresource a b {}\nresource a b {}\n" }, ["a.b"])).toEqual([
      "main.tf:1 X-1: ",
    ]);
  });
});

describe("in JSON syntax", () => {
  it("the comment property of a block", () => {
    const text = '{ "resource": { "a": { "b": {\n  "//": "plimsoll:waive X-1: r" } } } }';
    expect(waiverLines({ "main.tf.json": text }, ["a.b", "a.c"])).toEqual(["main.tf.json:2 X-1: a.b"]);
  });

  it("elsewhere, or wrong, it is a mistake", () => {
    const text = '{ "//": "plimsoll:waive X-1: r",\n"resource": { "a": { "b": {\n  "//": "plimsoll:waive X-1" } } } }';
    expect(textSource({ "main.tf.json": text }).mistakes.map(({ place }) => place)).toEqual([
      "main.tf.json:1",
      "main.tf.json:3",
    ]);
  });
});
