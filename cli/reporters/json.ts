import type { Report } from "../../engine/index.ts";

export function json(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
