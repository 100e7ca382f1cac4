import type { Waiver } from "../policy/waiver.ts";

/** A place in the Terraform source. */
export interface Location {
  /** Path from the root of the source, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /**
   * What stands there: the attribute, or the innermost part of it or of its nested block that can be told; its resource's
   * block; or the call of a module whose source is not at hand.
   */
  readonly of: "attribute" | "block" | "module-call";
  /** The path of the construct that made the block, where cdktf wrote it: `shop/web/task`. */
  readonly construct?: string;
  /** Where the file belongs to a downloaded module: the call that leads there, in the source of one's own. */
  readonly call?: { readonly file: string; readonly line: number };
}

/** The members by which the elements of a list are told from each other. */
export const elementNameKeys = ["name", "Name", "Sid", "sid", "rulePriority"] as const;

/** The Terraform source of a plan. What it does not tell exactly it does not tell at all. */
export interface Source {
  /**
   * @param address of a resource instance, exactly as in the plan; or `var.x`, `output.x`, `provider.x`
   * @param path of an attribute, `network_configuration[0].subnets`; null for the block. An element of a list stands under
   *   its name where it has one (`elementNameKeys`), `container_definitions["web"].image`, else under its index in the plan,
   *   which is not that in the source.
   */
  locate(address: string, path: string | null): Location | null;
  /**
   * The waivers that stand as comments at blocks, each bound to those of the addresses that the block makes: they are `exact`.
   */
  waivers(addresses: readonly string[]): readonly Waiver[];
}
