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

/** A module of the configuration as it is written. */
export interface SourceModule {
  /** Its folder from where Terraform runs, as `path.module` has it. */
  readonly directory: string;
  /** Null where there is no such block, where there are several, and where it cannot be read. */
  readonly find: (type: string, labels: readonly string[]) => SourceBlock | null;
  readonly local: (name: string) => Attribute | null;
  /** The names of its outputs; null where a file cannot be read that may hold others. */
  readonly outputs: () => readonly string[] | null;
  /** The module that a call leads to; null where its source is not at hand. */
  readonly child: (call: string) => SourceModule | null;
}

/** A block at the top of a module, with what override files say of it. */
export interface SourceBlock {
  readonly file: string;
  readonly line: number;
  readonly body: Body;
}

/** The configuration that a plan was made of, for what the plan hides. */
export interface ConfigurationSource {
  readonly root: SourceModule | null;
  /** The expression that a text is as a template, as a file for `templatefile` is; `line` is that on which it begins. */
  readonly template: (text: string, line: number) => Expression;
  /** The text of a file by its path from where Terraform runs; null where it may not or cannot be read. */
  readonly file: (path: string) => string | null;
  /** The paths of all files in a folder and below, from that folder; null where not all can be told. */
  readonly filesIn: (directory: string) => readonly string[] | null;
}
