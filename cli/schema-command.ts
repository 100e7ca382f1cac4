import { jsonSchemas } from "../engine/json-schemas.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { Io } from "./io.ts";

/** Prints the JSON Schema of policy files, of the configuration, or of the report. */
export async function schemaCommand(of: "policy" | "config" | "report", io: Io): Promise<ExitCode> {
  io.out(`${JSON.stringify(jsonSchemas[of](), null, 2)}\n`);
  return exitCodes.clean;
}
