// V8's code cache of the command, which makes a start about a fifth shorter. It is made where the command runs first and kept
// in the user's cache folder, so that nothing but the source is shipped. It counts only for the very file that it was made of,
// and only where nobody but the user can have written it.
const fs = require("node:fs");
const { join } = require("node:path");

/** @returns {string | null} null where the system names no folder of the user */
function cacheFolder() {
  const { env, platform } = process;
  if (env.XDG_CACHE_HOME?.startsWith("/")) return join(env.XDG_CACHE_HOME, "plimsoll");
  if (platform === "win32") return env.LOCALAPPDATA ? join(env.LOCALAPPDATA, "plimsoll", "Cache") : null;
  if (!env.HOME?.startsWith("/")) return null;
  return join(env.HOME, platform === "darwin" ? "Library/Caches" : ".cache", "plimsoll");
}

const folder = cacheFolder();
const cacheFile = folder === null ? null : join(folder, `command-${process.version}-${process.arch}.cache`);

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
      bytes: fs.readFileSync(file),
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
function hashOf(bytes) {
  return require("node:crypto").createHash("sha256").update(bytes).digest("hex");
}

/**
 * @returns {{ data: Buffer | undefined, isStamped: boolean }} the cache of a source, undefined where there is none that counts;
 *   and whether its stamp told so, which is faster
 */
function readCache({ bytes, stamp }) {
  const none = { data: undefined, isStamped: false };
  if (folder === null || cacheFile === null) return none;
  try {
    if (!isOwn(fs.lstatSync(folder))) return none;
    const file = fs.openSync(cacheFile, fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0));
    try {
      if (!isOwn(fs.fstatSync(file))) return none;
      const content = fs.readFileSync(file);
      const end = content.indexOf("\n");
      const [hash, madeOf] = content.toString("latin1", 0, end).split(" ");
      const isStamped = stamp !== "" && madeOf === stamp;
      return isStamped || hash === hashOf(bytes) ? { data: content.subarray(end + 1), isStamped } : none;
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
 * @param {() => Buffer} makeCache
 */
function writeCache({ bytes, stamp }, makeCache) {
  if (folder === null || cacheFile === null) return;
  const draft = `${cacheFile}.${process.pid}`;
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOwn(fs.lstatSync(folder))) return;
    fs.writeFileSync(draft, "", { flag: "wx", mode: 0o600 });
    try {
      fs.writeFileSync(draft, Buffer.concat([Buffer.from(`${hashOf(bytes)} ${stamp}\n`, "latin1"), makeCache()]));
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
