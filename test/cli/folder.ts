import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder of a test file, which is gone when its tests are done. */
export function testFolder(): (files: Files) => string {
  const root = mkdtempSync(join(tmpdir(), "plimsoll-test-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  let count = 0;
  /** Makes a folder of its own with files in it, by their paths. */
  return (files) => {
    count += 1;
    const folder = join(root, String(count));
    mkdirSync(folder);
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return folder;
  };
}
