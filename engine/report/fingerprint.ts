import { createHash } from "node:crypto";

/** A short, stable name for the parts together; the parts are told apart whatever they hold. */
export function fingerprint(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
