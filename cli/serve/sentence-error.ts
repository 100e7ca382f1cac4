/** What kept a task from a report; `message` is one sentence for the users of the run, without anything of the plan. */
export class SentenceError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SentenceError";
  }
}
