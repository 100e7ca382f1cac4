/** The SHA-256 of bytes, or of a text in UTF-8, in hexadecimal digits. */
export async function sha256(content: Uint8Array | string): Promise<string> {
  // Loaded on demand, as it costs start-up time: the report as text shows no digest.
  const { createHash } = await import("node:crypto");
  return createHash("sha256").update(content).digest("hex");
}

/** A digest of what a file says, `sha256:0f3a…`: the same in whatever order its members stand. */
export async function digestOf(data: unknown): Promise<string> {
  return `sha256:${await sha256(JSON.stringify(data, inOrder))}`;
}

function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
