import type { Ask } from "./ask.ts";

/** A comment that was found. */
interface Found {
  /** As its address needs it. */
  readonly id: string;
  readonly text: string;
}

/** How comments on a change are kept at one place where code is reviewed. */
export interface Provider {
  readonly name: string;
  /** A first line that nobody sees. */
  readonly mark: (key: string) => string;
  /** How many characters a comment holds. */
  readonly most: number;
  /** A report as it is shown there. */
  readonly shown: (markdown: string) => string;
  /** What the token needs to be allowed. */
  readonly needs: string;
  readonly headers: (token: string) => Readonly<Record<string, string>>;
  /** The comment that begins with the mark and is of the token's own user: others can write the mark too. */
  readonly find: (ask: Ask, mark: string) => Promise<Found | null>;
  readonly create: (ask: Ask, text: string, isOpen: boolean) => Promise<void>;
  readonly update: (ask: Ask, id: string, text: string, isOpen: boolean) => Promise<void>;
}
