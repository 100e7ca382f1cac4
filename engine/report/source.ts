import type { Waiver } from "../policy/waiver.ts";

/** A place in the Terraform source. */
export interface Location {
  /** Path from the root of the source, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What stands there: the attribute, its resource's block, or the call of a module whose source is not at hand. */
  readonly of: "attribute" | "block" | "module-call";
}

/** The Terraform source of a plan. What it does not tell exactly it does not tell at all. */
export interface Source {
  /**
   * @param address of a resource instance, exactly as in the plan; or `var.x`, `output.x`, `provider.x`
   * @param path of an attribute, `network_configuration[0].subnets`; null for the block
   */
  locate(address: string, path: string | null): Location | null;
  /** The waivers that stand as comments at blocks, each bound to those of the addresses that the block makes. */
  waivers(addresses: readonly string[]): readonly Waiver[];
}
