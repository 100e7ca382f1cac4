/** What a program handed over cannot be used; each line of the message is one sentence. */
export class OptionsError extends TypeError {
  constructor(...lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "OptionsError";
  }
}
