import { InputError } from "./exit-codes.ts";
import type { Io } from "./io.ts";

/** A saved binary plan, and the directory in which its providers are installed. */
interface SavedPlan {
  readonly path: string;
  readonly name: string;
  readonly directory: string;
  /** How many bytes of JSON can be read. */
  readonly most: number;
}

/** Has `terraform` or `tofu` turn a saved plan into JSON, for which they start the provider programs of the directory. */
export async function showPlan(plan: SavedPlan, io: Io): Promise<Uint8Array> {
  const { name } = plan;
  for (const program of ["terraform", "tofu"]) {
    const shown = await show(program, plan, io);
    if (shown !== "missing") {
      if (typeof shown !== "string") return shown;
      throw new InputError(
        `${name}: \`${program} show -json\` failed${shown}; run it in the directory where the plan was made, after \`${program} init\``,
      );
    }
  }
  throw new InputError(
    `${name}: a saved binary plan, and neither terraform nor tofu is on the PATH to read it; where one is, run: terraform show -json ${name} > plan.json`,
  );
}

async function show(program: string, plan: SavedPlan, io: Io): Promise<Uint8Array | "missing" | string> {
  // Loaded on demand, as it costs start-up time.
  const { execFile } = await import("node:child_process");
  return new Promise((resolvePromise) => {
    const options = {
      cwd: plan.directory,
      env: { ...io.env, TF_IN_AUTOMATION: "1" },
      encoding: "buffer" as const,
      maxBuffer: plan.most,
    };
    execFile(program, ["show", "-json", "-no-color", plan.path], options, (error, stdout, stderr) => {
      if (error === null) resolvePromise(stdout);
      else if (error.code === "ENOENT") resolvePromise("missing");
      else if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER")
        resolvePromise(` (its JSON has more than ${plan.most} bytes, and more cannot be read)`);
      // Only the headline: what follows may quote the configuration.
      else resolvePromise(/Error: [^\n]*/.exec(stderr.toString("utf8"))?.[0].replace(/^/, " (").concat(")") ?? "");
    });
  });
}
