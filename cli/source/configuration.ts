import type { Block } from "../../engine/plan/source.ts";

/** One line of a comment that speaks to plimsoll, and the block at the top of the file that it stands at. */
export interface Directive {
  readonly file: string;
  readonly line: number;
  /** Without the marks of the comment. */
  readonly text: string;
  readonly block: Block | null;
}

/** A file of a module. */
export interface ConfigurationFile {
  readonly blocks: readonly Block[];
  /** Of the blocks those whose body cannot be read; it is empty then. */
  readonly unread: ReadonlySet<Block>;
  readonly directives: readonly Directive[];
}

/** What a file says, and where it cannot be read. */
export interface ReadFile {
  /** Null where it cannot be read at all. */
  readonly configuration: ConfigurationFile | null;
  readonly mistakes: readonly number[];
}

/** How a comment begins that speaks to plimsoll. */
export const directiveStart = "plimsoll:";
