/** A value as it is written, as far as its form alone tells; its parts are opened when they are asked for. */
export type Value =
  | { readonly kind: "object"; readonly entries: () => readonly Entry[] }
  | { readonly kind: "list"; readonly elements: () => readonly Element[] }
  /** A string without templates, or a number as it is written. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "call"; readonly name: string; readonly arguments: () => readonly Element[] }
  /** A traversal; `root` is its first name. */
  | { readonly kind: "reference"; readonly root: string }
  | { readonly kind: "other" };

/** One member of an object; `key` is null where it is computed. */
export interface Entry {
  readonly key: string | null;
  readonly line: number;
  readonly value: Value;
}

export interface Element {
  readonly line: number;
  readonly value: Value;
}

export interface Attribute {
  readonly file: string;
  readonly line: number;
  readonly value: Value;
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
  readonly directives: readonly Directive[];
}

/** How a comment begins that speaks to plimsoll. */
export const directiveStart = "plimsoll:";
