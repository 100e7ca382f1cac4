import type { ConfigurationSource } from "../plan/source.ts";
import type { Waiver } from "../policy/waiver.ts";
import type { Location } from "./report.ts";

/** The members by which the elements of a list are told from each other. */
export const elementNameKeys = ["name", "Name", "Sid", "sid", "rulePriority"] as const;

/** The Terraform source of a plan. What it does not tell exactly it does not tell at all. */
export interface Source {
  /** Readies what the others need; to be awaited before anything is located or worked out. */
  load?(): Promise<void>;
  /**
   * @param address of a resource instance, exactly as in the plan; or `var.x`, `output.x`, `provider.x`
   * @param path of an attribute, `network_configuration[0].subnets`; null for the block. An element of a list stands under
   *   its name where it has one (`elementNameKeys`), `container_definitions["web"].image`, else under its index in the plan,
   *   which is not that in the source.
   */
  locate(address: string, path: string | null): Location | null;
  /**
   * A line of a file in which something was located, as it is written; null where it cannot be read.
   * @param file as locations name it
   */
  line?(file: string, line: number): string | null;
  /**
   * The waivers that stand as comments at blocks, each bound to those of the addresses that the block makes: they are `exact`.
   */
  waivers(addresses: readonly string[]): readonly Waiver[];
  /** What people should know of the files that were read while the plan was judged. */
  warnings?(): readonly string[];
  /** What is written, from which unknown values are worked out; without it they stay unknown. */
  readonly configuration?: ConfigurationSource;
}
