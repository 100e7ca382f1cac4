import type { Location } from "../../engine/index.ts";
import { plain } from "./terminal-text.ts";

/** A place in the source as terminals and editors make a link of it, `ecs.tf:40: `; empty where there is none. */
export function placeText(location: Location | null): string {
  if (location === null) return "";
  const { file, line, of, construct, call } = location;
  const remarks = [
    ...(of === "module-call" ? ["the call of the module"] : []),
    ...(call === undefined ? [] : [`called at ${plain(call.file)}:${call.line}`]),
    ...(construct === undefined ? [] : [plain(construct)]),
  ];
  return `${plain(file)}:${line}${remarks.length === 0 ? "" : ` (${remarks.join(", ")})`}: `;
}
