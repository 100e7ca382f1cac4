import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { planFile } from "../../fixtures/fixtures.ts";
import { built } from "../ci/run.ts";
import { testFolder } from "./folder.ts";

const folderWith = testFolder();
const blocked = planFile("ssm");
const long = planFile("shop/faulty");
const cacheHome = folderWith({});

/** A line of a shell in which `$P` is the built command. */
function shell(line: string, cwd = folderWith({})) {
  const env = { ...process.env, P: built, N: process.execPath, XDG_CACHE_HOME: cacheHome };
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line.replaceAll("$P", '"$N" "$P"')], {
    cwd,
    env,
    encoding: "utf8",
  });
  return { code: status, out: stdout, error: stderr };
}

describe.skipIf(!existsSync("/dev/full"))(
  "output that cannot be written is exit code 3, never that of a finding",
  () => {
    const full = "plimsoll: the output cannot be written (ENOSPC)\n";
    it.each<[string, number, string]>([
      [`$P check ${blocked} >/dev/full`, 3, full],
      ["$P --help >/dev/full", 3, full],
      ["$P policies >/dev/full", 3, full],
      [`$P check ${blocked} >/dev/full 2>/dev/full`, 3, ""],
      ["$P check nothing.json 2>/dev/full", 3, ""],
      ["$P check nothing.json 2>&-", 3, ""],
      ["$P check --fail-on 2>/dev/full", 3, ""],
      [
        `$P check ${blocked} --format json=/dev/full`,
        3,
        "plimsoll: --format json=/dev/full: cannot be written (ENOSPC)\n",
      ],
      // A long report waits for a slow reader many times, and Node has nothing to warn of.
      [`$P check ${long} --format json --all | { sleep 1; cat >/dev/null; }; exit "\${PIPESTATUS[0]}"`, 1, ""],
      // Who reads only the beginning is content with it.
      [`$P check ${blocked} | head -n 1 >/dev/null; exit "\${PIPESTATUS[0]}"`, 1, ""],
      [`exec 3> >(sleep 0); $P check nothing.json 2>&3`, 3, ""],
    ])("%s", (line, code, error) => {
      const ran = shell(line);
      expect([ran.code, ran.error]).toEqual([code, error]);
    });

    it("a folder that is gone", () => {
      const { code, error } = shell(`mkdir gone && cd gone && rmdir ../gone && $P check ${blocked}`);
      expect([code, error]).toEqual([
        3,
        "plimsoll: the working directory is gone, or may not be entered; change to another one\n",
      ]);
    });

    it("an installation that is not whole", () => {
      const folder = folderWith({});
      for (const file of ["plimsoll.cjs", "code-cache.cjs"]) cpSync(join(dirname(built), file), join(folder, file));
      const { code, error } = shell(`"$N" ${join(folder, "plimsoll.cjs")} check`);
      expect([code, error]).toEqual([3, "plimsoll: it cannot be started (ENOENT); install it anew\n"]);
    });
  },
);

describe("the code cache", () => {
  /** An installation whose command prints a word. */
  function installation(word: string) {
    const folder = folderWith({ "command.cjs": "" });
    const home = folderWith({});
    for (const file of ["plimsoll.cjs", "code-cache.cjs"]) cpSync(join(dirname(built), file), join(folder, file));
    const say = (text: string) =>
      writeFileSync(
        join(folder, "command.cjs"),
        `(function () { function say() { process.stdout.write("${text}") } say(); })`,
      );
    say(word);
    const run = (env: Readonly<Record<string, string | undefined>> = {}) =>
      spawnSync(process.execPath, [join(folder, "plimsoll.cjs"), "check"], {
        encoding: "utf8",
        env: { ...process.env, XDG_CACHE_HOME: home, ...env },
      }).stdout;
    const files = () => (existsSync(join(home, "plimsoll")) ? readdirSync(join(home, "plimsoll")) : []);
    const cache = () => join(home, "plimsoll", files()[0] ?? "none");
    const isOld = () => Date.now() - statSync(join(folder, "command.cjs")).ctimeMs > 2_000;
    return { say, run, home, files, cache, isOld };
  }

  /** The cache of one source under the name of another, as whoever can write it would make it. */
  function forged() {
    const other = installation("theirs");
    other.run();
    const own = installation("mine__");
    own.run();
    const header = readFileSync(own.cache(), "latin1").split("\n")[0] ?? "";
    const theirs = readFileSync(other.cache());
    writeFileSync(own.cache(), Buffer.concat([Buffer.from(`${header}\n`), theirs.subarray(theirs.indexOf("\n") + 1)]));
    return own;
  }

  it("is made by the first check, by nobody else to be written, and left alone after that", async () => {
    const { run, home, files, cache, isOld } = installation("one");
    expect([run(), files()]).toEqual(["one", [`command-${process.version}-${process.arch}.cache`]]);
    const modes = [join(home, "plimsoll"), cache()].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o700, 0o600]);
    // It is written once more when the command's file is old enough for its stamp to tell it from what it was.
    const stamp = () => readFileSync(cache(), "latin1").split("\n")[0]?.split(" ")[1];
    while (stamp() === "") {
      await setTimeout(100);
      if (isOld()) run();
    }
    const { ino } = statSync(cache());
    expect([run(), statSync(cache()).ino]).toEqual(["one", ino]);
  });

  it("is left alone by checks of one plan, also where they read a source by WebAssembly", () => {
    const home = folderWith({});
    const folder = fileURLToPath(new URL("../../fixtures/roles", import.meta.url));
    const inodes = () => {
      const env = { ...process.env, XDG_CACHE_HOME: home };
      spawnSync(process.execPath, [built, "check", join(folder, "plan.json"), "--source", folder], { env });
      return readdirSync(join(home, "plimsoll")).map((name) => [name, statSync(join(home, "plimsoll", name)).ino]);
    };
    inodes();
    const second = inodes();
    expect(second.map(([name]) => String(name).split("-v")[0])).toContain("grammar");
    expect(inodes()).toEqual(second);
  });

  it("counts for the very file that it was made of: a command of the same length that is changed is what runs", () => {
    const { say, run } = installation("one");
    run();
    say("two");
    expect([run(), run()]).toEqual(["two", "two"]);
  });

  it("is what runs otherwise, so that the tests below are ones", () => {
    expect(forged().run()).toBe("theirs");
  });

  it.each<[string, (own: ReturnType<typeof installation>) => void]>([
    ["a file that others may write", ({ cache }) => chmodSync(cache(), 0o620)],
    ["a file that all may write", ({ cache }) => chmodSync(cache(), 0o602)],
    ["a folder that others may write", ({ home }) => chmodSync(join(home, "plimsoll"), 0o777)],
  ])("does not count in %s", (_, open) => {
    const own = forged();
    open(own);
    expect(own.run()).toBe("mine__");
  });

  it("does not count as a link", () => {
    const own = forged();
    const file = own.cache();
    const elsewhere = join(own.home, "elsewhere");
    cpSync(file, elsewhere);
    rmSync(file);
    spawnSync("ln", ["-s", elsewhere, file]);
    expect(own.run()).toBe("mine__");
  });

  it.each<[string, Readonly<Record<string, string | undefined>>]>([
    ["the folder is named from the working directory", { XDG_CACHE_HOME: "cache" }],
    ["no folder can be made", { XDG_CACHE_HOME: "/dev/null" }],
    ["there is no user's folder", { XDG_CACHE_HOME: undefined, HOME: undefined }],
  ])("is left out where %s", (_, env) => {
    const { run, files } = installation("one");
    expect([run({ HOME: undefined, ...env }), files()]).toEqual(["one", []]);
  });

  it("that is broken costs its gain, and nothing else", () => {
    const { run, cache } = installation("one");
    run();
    const whole = readFileSync(cache());
    for (const broken of [whole.subarray(0, 100), Buffer.from("x"), Buffer.alloc(0), whole.subarray(0, 200)]) {
      writeFileSync(cache(), broken);
      expect([run(), run()]).toEqual(["one", "one"]);
    }
  });

  it("of the command that is built holds a check", () => {
    const home = folderWith({});
    const run = () => shell(`XDG_CACHE_HOME=${home} $P check ${blocked}`);
    const first = run();
    expect([first.code, readdirSync(home), run()]).toEqual([1, ["plimsoll"], first]);
  });
});

it("the build ships no code but its source", () => {
  expect(readdirSync(dirname(built)).filter((file) => file.endsWith(".cache"))).toEqual([]);
});
