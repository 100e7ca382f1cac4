#!/usr/bin/env node
// Starts the command from what the build compiled. The code cache holds for the Node version that built it and makes a run
// about a seventh shorter; another version refuses it and compiles the source, which is all that the cache stands for.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");

const filename = join(__dirname, "command.cjs");

function readCache() {
  try {
    return readFileSync(join(__dirname, "command.cache"));
  } catch {
    return undefined;
  }
}

// Files that are loaded on demand require the command that is running, not a second one.
const command = new module.constructor(filename, module);
command.filename = filename;
command.loaded = true;
require.cache[filename] = command;

// The build writes ASCII, which is read and compiled faster than UTF-8.
new Script(readFileSync(filename, "latin1"), {
  filename,
  cachedData: readCache(),
}).runInThisContext()(command.exports, require, command, filename, __dirname);
