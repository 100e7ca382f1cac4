#!/usr/bin/env node
// Starts the command from what the build made of it: a function in ASCII, with V8's code cache where there is one.

function start() {
  const { join } = require("node:path");
  const { Script } = require("node:vm");
  const { readCache, readSource, writeCache } = require("./code-cache.cjs");
  const filename = join(__dirname, "command.cjs");

  // Files that are loaded on demand require the command that is running, not a second one.
  const command = new module.constructor(filename, module);
  command.filename = filename;
  command.loaded = true;
  require.cache[filename] = command;

  const source = readSource(filename);
  const { data: cachedData, isStamped } = readCache(source);
  // The build writes ASCII, which is read and compiled faster than UTF-8.
  const script = new Script(source.bytes.toString("latin1"), { filename, cachedData });
  script.runInThisContext()(command.exports, require, command, filename, __dirname);

  // Made at the end of a check, it holds what a usual run compiles.
  const isWanted = cachedData === undefined || script.cachedDataRejected || (!isStamped && source.stamp !== "");
  if (isWanted && process.argv[2] === "check") {
    process.on("exit", (code) => {
      if (code < 2) writeCache(source, () => script.createCachedData());
    });
  }
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
