export type Path = readonly (string | number)[];

/** A mistake in a file that a team wrote, by its path in the file. */
export interface Mistake {
  readonly path: Path;
  readonly message: string;
  /** Whether the key at the path is wrong, not what stands there. */
  readonly ofKey?: boolean;
}
