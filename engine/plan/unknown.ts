import type { Repetition, Scope } from "./configuration.ts";
import type { Reference } from "./references.ts";

/** Why the plan cannot tell a value. `message.ts` in `engine/report` turns each into a sentence. */
export type UnknownReason =
  /** The value depends on something that is decided only at apply; `references` say on what. */
  | "after-apply"
  /** The provider computes the value at apply (an ARN, a generated name). */
  | "computed"
  /** A `dynamic` block over an unknown list; the plan keeps no trace of its content. */
  | "dynamic-block"
  /** The resource stands in no configuration of this plan (a generated import, an orphan). */
  | "not-in-configuration"
  /** The value has a type that this attribute cannot have. */
  | "unexpected-shape"
  /** The text should be JSON and is not, or has a key twice. `detail` says where, never what. */
  | "invalid-json"
  /** A join to another resource could not be made; `detail` says which. */
  | "no-join"
  /** A buildspec or its commands cannot be read or are not in the plan. `detail` says where and why, never what. */
  | "not-understood"
  /** The source does not tell it; `detail` says why. */
  | "source"
  /** A policy's own `undecided` clause, or an example's `unknown`; `detail` is the text. */
  | "stated";

/** Where the expressions of a resource instance are read. */
export interface ExpressionContext {
  readonly scope: Scope;
  readonly repetition: Repetition;
  /** The resource without its module and key: `aws_iam_role.task`, `data.aws_subnet.first`. */
  readonly resource: string;
  /** Whether the source has shown all blocks of the resource, the dynamic ones too. */
  readonly isComplete?: true;
}

/** The text of a template, which the plan keeps of a configuration in JSON syntax. */
export interface Template {
  readonly text: string;
  readonly context: ExpressionContext;
}

/** What is known of a text that is not known as a whole. */
export interface KnownPart {
  /** Its literal parts with what is unknown between; null where nothing of it is known. */
  readonly parts: readonly (string | Unknown)[] | null;
  /** The value whose JSON the text is, with unknown leaves; undefined where it is not known to be JSON. */
  readonly json: unknown;
  /** Whether the text is the attribute that its reference names, as it is. */
  readonly isExact: boolean;
  /** What the plan itself keeps of the expression. */
  readonly template: Template | null;
}

export const nothingKnown: KnownPart = { parts: null, json: undefined, isExact: false, template: null };

/**
 * A value that the plan does not tell. It is a value of the model like any other and may stand at every depth;
 * nothing may take it for null, false or an empty list.
 */
export class Unknown {
  readonly reason: UnknownReason;
  readonly references: readonly Reference[];
  readonly detail: string | null;
  readonly known: KnownPart;

  constructor(
    reason: UnknownReason,
    references: readonly Reference[] = [],
    detail: string | null = null,
    known: KnownPart = nothingKnown,
  ) {
    this.reason = reason;
    this.references = references;
    this.detail = detail;
    this.known = known;
  }
}

/** A value, or the fact that the plan does not tell it. */
export type Maybe<T> = T | Unknown;

/** The elements of a list, of which there are none where it is not written; a list that is unknown is one unknown element. */
export function elementsOf<T>(list: Maybe<readonly Maybe<T>[] | null>): readonly Maybe<T>[] {
  return list instanceof Unknown ? [list] : (list ?? []);
}
