/** What the command needs of its process; tests hand in their own. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: () => Promise<Uint8Array>;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** The day, `2026-11-24`, in the time zone of the machine. */
  readonly today: string;
  /** Whether the output is a terminal that shows colours. */
  readonly colours: boolean;
  /** Width of the output in columns. */
  readonly columns: number;
}
