/** Resources that belong to the subject of a policy, and how many of them there are to be. */
export interface Relation {
  readonly type: string;
  /** The attribute of theirs that names the subject's resource; null where it is not that way. */
  readonly attribute: string | null;
  /** The attribute of the subject's resource that names them; null where it is not that way. */
  readonly by: string | null;
  /** The attributes that tell what is named. */
  readonly names: readonly string[];
  readonly atLeast: number;
  /** Null where there may be any number. */
  readonly atMost: number | null;
}
