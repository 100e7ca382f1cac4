import type { Action } from "../plan/action.ts";
import type { ShownValue } from "./report.ts";

/** A fact as policies see it. */
export interface ShownFact {
  readonly state: "known" | "unset" | "unknown";
  readonly value: ShownValue;
  readonly path: string | null;
  /** The resource where it stands, if it is another one. */
  readonly address: string | null;
  readonly unknown: { readonly reason: string; readonly waitsOn: readonly string[] } | null;
  readonly note: string | null;
}

/** A subject with all its facts. */
export interface ShownSubject {
  readonly kind: string;
  readonly address: string | null;
  readonly name: string | null;
  readonly action: Action | null;
  readonly facts: Readonly<Record<string, ShownFact>>;
}

/** A join between two resources, and how it was made. */
export interface ShownJoin {
  readonly address: string;
  readonly path: string;
  readonly to: string;
  /** `one` is exact; `several` means one of the targets; `none` names nothing in this plan. */
  readonly kind: "one" | "several" | "none" | "unknown";
  readonly by: string | null;
  readonly targets: readonly string[];
  readonly unknown: { readonly reason: string; readonly waitsOn: readonly string[] } | null;
}

/** What policies see of a plan. */
export interface FactsReport {
  readonly version: 1;
  readonly subjects: readonly ShownSubject[];
  readonly joins: readonly ShownJoin[];
}
