import type { Expression } from "../expressions/syntax.ts";

/** An attribute as it is written. */
export interface Attribute {
  readonly file: string;
  readonly line: number;
  /** Read when it is asked for. */
  readonly expression: () => Expression;
}

/** What stands within a block, or within a merged one. */
export interface Body {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly Block[];
}

export interface Block {
  readonly file: string;
  /** Of its first line. */
  readonly line: number;
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  /** The path of the construct that made it, where cdktf wrote it. */
  readonly construct: string | null;
}
