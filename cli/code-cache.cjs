// V8's code cache of a script, which makes a start about a third shorter. It is made where the script runs first and kept in
// the user's cache folder, so that nothing but the source is shipped. It counts only for the very file that it was made of,
// and only where nobody but the user can have written it.
const fs = require("node:fs");
const { basename, join } = require("node:path");

/** @returns {string | null} null where the system names no folder of the user */
function cacheFolder() {
  const { env, platform } = process;
  if (env.XDG_CACHE_HOME?.startsWith("/")) return join(env.XDG_CACHE_HOME, "plimsoll");
  if (platform === "win32") return env.LOCALAPPDATA ? join(env.LOCALAPPDATA, "plimsoll", "Cache") : null;
  if (!env.HOME?.startsWith("/")) return null;
  return join(env.HOME, platform === "darwin" ? "Library/Caches" : ".cache", "plimsoll");
}

const folder = cacheFolder();

/** @param {string} filename of a source */
function cacheFileOf(filename) {
  return folder === null
    ? null
    : join(folder, `${basename(filename, ".cjs")}-${process.version}-${process.arch}.cache`);
}

/**
 * What files are read into, one after the other: memory that is touched for the first time costs more than reading. The cache
 * is larger than its source.
 */
let memory = Buffer.alloc(0);

/**
 * @param {number} file
 * @param {number} size
 * @returns {Buffer} which counts until the next file is read
 */
function readInto(file, size) {
  if (memory.length < size) memory = Buffer.allocUnsafeSlow(3 * size);
  let end = 0;
  while (end < size) {
    const count = fs.readSync(file, memory, end, size - end, null);
    if (count === 0) break;
    end += count;
  }
  return memory.subarray(0, end);
}

/**
 * A source, and what tells its file from all that it was and will be: the time of change moves with every write. The stamp is
 * empty where that was a moment ago, as a write in the same moment would not be told.
 * @param {string} filename
 */
function readSource(filename) {
  const file = fs.openSync(filename, "r");
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = fs.fstatSync(file, { bigint: true });
    const isRecent = BigInt(Date.now()) - ctimeNs / 1_000_000n < 2_000n;
    return {
      filename,
      // The build writes ASCII, which is read and compiled faster than UTF-8.
      text: readInto(file, Number(size)).latin1Slice(),
      stamp: isRecent ? "" : [dev, ino, size, mtimeNs, ctimeNs].join("-"),
    };
  } finally {
    fs.closeSync(file);
  }
}

/** Whether nobody but the user can have written it. Windows has the user's folder for that. */
function isOwn({ uid, mode }) {
  return process.geteuid === undefined || (uid === process.geteuid() && (mode & 0o022) === 0);
}

/** Loaded where the stamp does not tell, as it costs start-up time. */
function hashOf(text) {
  return require("node:crypto").createHash("sha256").update(text, "latin1").digest("hex");
}

/** The code begins at a multiple of this: V8 copies what does not. */
const alignment = 8;

/**
 * @returns {{ data: Buffer | undefined, isStamped: boolean, verdicts: number }} the cache of a source, undefined where there
 *   is none that counts; whether its stamp told so, which is faster; and the verdicts of the check that it was made after
 */
function readCache({ filename, text, stamp }) {
  const none = { data: undefined, isStamped: false, verdicts: 0 };
  const cacheFile = cacheFileOf(filename);
  if (folder === null || cacheFile === null) return none;
  try {
    if (!isOwn(fs.lstatSync(folder))) return none;
    const file = fs.openSync(cacheFile, fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0));
    try {
      const stats = fs.fstatSync(file);
      if (!isOwn(stats)) return none;
      const content = readInto(file, stats.size);
      const end = content.indexOf("\n");
      const [hash, madeOf, verdicts] = content.latin1Slice(0, end).trimEnd().split(" ");
      const isStamped = stamp !== "" && madeOf === stamp;
      if (!isStamped && hash !== hashOf(text)) return none;
      return { data: content.subarray(end + 1), isStamped, verdicts: Number(verdicts) };
    } finally {
      fs.closeSync(file);
    }
  } catch {
    return none;
  }
}

/**
 * Keeps the cache of a source, in one step: another start finds all of it or nothing. Where that is not possible the next
 * start is as long as this one.
 * @param {number} verdicts of the check that it is made after
 * @param {() => Buffer} makeCache
 */
function writeCache({ filename, text, stamp }, verdicts, makeCache) {
  const cacheFile = cacheFileOf(filename);
  if (folder === null || cacheFile === null) return;
  const draft = `${cacheFile}.${process.pid}`;
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOwn(fs.lstatSync(folder))) return;
    fs.writeFileSync(draft, "", { flag: "wx", mode: 0o600 });
    try {
      const header = `${hashOf(text)} ${stamp} ${verdicts}`;
      const padded = header.padEnd(Math.ceil((header.length + 1) / alignment) * alignment - 1);
      fs.writeFileSync(draft, Buffer.concat([Buffer.from(`${padded}\n`, "latin1"), makeCache()]));
      fs.renameSync(draft, cacheFile);
    } catch (error) {
      fs.rmSync(draft, { force: true });
      throw error;
    }
  } catch {
    // A cache is no reason to fail.
  }
}

module.exports = { readSource, readCache, writeCache };
