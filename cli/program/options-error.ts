import { type OptionsOf, optionMistakes } from "../../engine/index.ts";

/** What a program handed over cannot be used; each line of the message is one sentence. */
export class OptionsError extends TypeError {
  constructor(...lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "OptionsError";
  }
}

/** @throws OptionsError with all that is wrong with the options of a function */
export function refuseWrong(of: OptionsOf, options: unknown): void {
  const mistakes = optionMistakes(of, options);
  if (mistakes.length > 0) throw new OptionsError(...mistakes.map((mistake) => `${of}: ${mistake}`));
}
