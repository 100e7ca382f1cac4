import type { Report } from "../engine/index.ts";
import { jsonPieces } from "./reporters/json.ts";

/**
 * The SHA-256 of a report's JSON, `sha256:0f3a…`, whatever white space that has. It shows that nothing of a report was changed,
 * cut or mixed up; whoever wants to deceive can make it anew.
 * @param report without its seal
 */
export async function sealOf(report: object): Promise<string> {
  // Loaded on demand, as it costs start-up time.
  const { createHash } = await import("node:crypto");
  const hash = createHash("sha256");
  // Piece by piece: the JSON of a large report is longer than any text can be.
  for (const piece of jsonPieces(report, 2)) hash.update(piece);
  return `sha256:${hash.digest("hex")}`;
}

export async function sealed(report: Report): Promise<Report> {
  return { ...report, seal: await sealOf(report) };
}
