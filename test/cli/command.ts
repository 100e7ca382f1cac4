import type { Io } from "../../cli/io.ts";
import { run } from "../../cli/run.ts";

/** What a run of the command ended with and printed. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

interface Options {
  readonly cwd?: string;
  readonly stdin?: Uint8Array;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly colours?: boolean;
  /** Of a terminal; where it is left out, the output is none. */
  readonly columns?: number;
  readonly today?: string;
  readonly progress?: Io["progress"];
  readonly revision?: Io["revision"];
  readonly threads?: Io["threads"];
}

/** Runs the command line within this process. */
export async function command(args: readonly string[], options: Options = {}): Promise<Ran> {
  let out = "";
  let error = "";
  const code = await run(args, {
    cwd: options.cwd ?? process.cwd(),
    env: options.env ?? process.env,
    today: options.today ?? "2026-11-24",
    stdin: async () => options.stdin ?? new Uint8Array(),
    out: (text) => {
      out += text;
    },
    print: async (pieces) => {
      for (const piece of pieces) out += piece;
    },
    error: (text) => {
      error += text;
    },
    revision: options.revision ?? (() => null),
    colours: options.colours ?? false,
    columns: options.columns ?? 100,
    breaksLines: options.columns !== undefined,
    progress: options.progress ?? null,
    threads: options.threads ?? null,
  });
  return { code, out, error };
}
