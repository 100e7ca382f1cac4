#!/usr/bin/env node
// Starts the command from what the build made of it: functions in ASCII, with V8's code cache where there is one.

function start() {
  const { dirname, join } = require("node:path");
  const { Script } = require("node:vm");
  const { readCache, readSource, writeCache } = require("./code-cache.cjs");
  const command = join(__dirname, "command.cjs");

  /** What the command says of itself when it has been loaded: see `cli/main.ts`. */
  const ofCommand = () => require.cache[command]?.exports ?? {};

  const isCheck = process.argv[2] === "check";

  /** V8 takes a code cache only under the flags that it was made with: those of the start. */
  const asAtStart = (make) => (ofCommand().asAtStart ?? (isCheck ? beforeShort : (each) => each()))(make);

  const scripts = [];

  function load(filename) {
    const known = require.cache[filename];
    if (known !== undefined) return known.exports;
    const source = readSource(filename);
    const cache = readCache(source);
    const script = asAtStart(() => new Script(source.text, { filename, cachedData: cache.data }));
    const own = new module.constructor(filename, module);
    own.filename = filename;
    own.loaded = true;
    require.cache[filename] = own;
    const folder = dirname(filename);
    const requireHere = (id) => (id.startsWith(".") ? load(join(folder, id)) : require(id));
    script.runInThisContext()(own.exports, requireHere, own, filename, folder);
    scripts.push({ source, cache, script });
    return own.exports;
  }

  /** Whether a script has no cache yet that counts. */
  const isNew = ({ cache: { data }, script }) => data === undefined || script.cachedDataRejected;

  /**
   * Made at the end of a check, a cache holds what a usual run compiles. All are made anew after one in which more of the code
   * has run: one that has loaded what no other has, or has judged a plan that is so much larger.
   */
  function keepCaches() {
    const given = ofCommand().verdictsGiven?.() ?? 0;
    const hasLoadedMore = scripts.some(isNew);
    for (const { source, cache, script } of scripts) {
      const isStampWanted = !cache.isStamped && source.stamp !== "";
      if (hasLoadedMore || isStampWanted || given > 1.5 * cache.verdicts)
        writeCache(source, Math.max(given, cache.verdicts), () => asAtStart(() => script.createCachedData()));
    }
  }

  load(command);
  if (!isCheck) return;
  process.on("exit", (code) => {
    if (code < 2) keepCaches();
  });
}

/**
 * Makes something under the flags of the start, and leaves those of a short check, which most are: the command, which comes
 * next, says where one is not. See `cli/optimizer.ts`.
 */
function beforeShort(make) {
  const { setFlagsFromString } = require("node:v8");
  for (const flag of ["--semi-space-growth-factor=2", "--parallel-scavenge"]) setFlagsFromString(flag);
  const made = make();
  for (const flag of ["--semi-space-growth-factor=1", "--no-parallel-scavenge"]) setFlagsFromString(flag);
  return made;
}

// What goes wrong here is no finding: Node itself would end with the exit code of one.
function fail(sentence) {
  process.stderr.write(`plimsoll: ${sentence}\n`);
  process.exitCode = 3;
}

try {
  // Libraries ask for it while they are loaded.
  process.cwd();
  start();
} catch (error) {
  if (error.syscall === "uv_cwd") fail("the working directory is gone, or may not be entered; change to another one");
  else fail(`it cannot be started (${error.code ?? error.name}); install it anew`);
}
