import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import type { PlanResource } from "../../plan/read.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";

/** The address ranges of a prefix list of this plan; none of a list that is kept elsewhere. */
export function prefixListRanges(
  list: Maybe<string | null>,
  from: PlanResource,
  context: JoinContext,
): readonly Maybe<string>[] {
  const found = context.joins.named("aws_ec2_managed_prefix_list", list, from);
  if (found.kind === "one") return rangesOf(context)(found.match);
  return found.kind === "several" ? [new Unknown("no-join", [], "which of several prefix lists is meant")] : [];
}

const rangesOf = once((context: JoinContext) =>
  once((list: Modelled<"aws_ec2_managed_prefix_list">): readonly Maybe<string>[] => {
    const { certain, possible } = context.joins.to(list, "prefixListEntry");
    const written = elementsOf(list.attributes.entry.value).map((entry) =>
      entry instanceof Unknown ? entry : entry.cidr.value,
    );
    const added = certain.map(({ source }) => source.attributes.cidr.value);
    const open = possible.slice(0, 1).map(({ unknown }) => unknown);
    return [...written, ...added, ...open].flatMap((range) => range ?? []);
  }),
);
