import type { PlanResource } from "../plan/read.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Finding } from "./report.ts";

/** What the moves of a plan mean for its findings. */
export interface Moves {
  /** The address before the plan, where it moves the resource. */
  readonly of: (address: string | null) => Pick<Finding["subject"], "previousAddress">;
  /** A finding keeps its fingerprint in the plan that moves its resource; the one after the apply stands beside it. */
  readonly fingerprints: (parts: readonly unknown[]) => Pick<Finding, "fingerprint" | "nextFingerprint">;
}

export function movesOf(resources: readonly PlanResource[]): Moves {
  const previous = new Map(
    resources.flatMap(({ address, previousAddress, willExist }) =>
      previousAddress === null || !willExist ? [] : [[address, previousAddress]],
    ),
  );
  if (previous.size === 0) return { of: () => ({}), fingerprints: (parts) => ({ fingerprint: fingerprint(parts) }) };
  return {
    of: (address) => {
      const previousAddress = previous.get(address ?? "");
      return previousAddress === undefined ? {} : { previousAddress };
    },
    fingerprints: (parts) => {
      const [before, after] = [fingerprint(renamed(parts, previous)), fingerprint(parts)];
      return before === after ? { fingerprint: after } : { fingerprint: before, nextFingerprint: after };
    },
  };
}

/** The same with all addresses as they were: findings name other resources too. */
function renamed<T>(value: T, previous: ReadonlyMap<string, string>): T;
function renamed(value: unknown, previous: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return previous.get(value) ?? value;
  return Array.isArray(value) ? value.map((part: unknown) => renamed(part, previous)) : value;
}
