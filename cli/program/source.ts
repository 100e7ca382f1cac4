import type { OpenedSource } from "../source/open.ts";
import { refuseWrong } from "./options-error.ts";

/**
 * Opens the Terraform source in a folder, for `source` of `check`.
 * @param waiversFrom whether waivers in comments count, `all`
 * @throws OptionsError where an argument is wrong
 * @throws UsageError where there is none, or a waiver in a comment that counts cannot be understood
 */
export async function openSource(folder: string, waiversFrom: "config" | "all" = "all"): Promise<OpenedSource> {
  refuseWrong("openSource", { folder, waiversFrom });
  const { openSource: open } = await import("../source/open.ts");
  return open(folder, folder, waiversFrom);
}
