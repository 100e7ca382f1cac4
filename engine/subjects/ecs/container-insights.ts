import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { dependsOn } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type FactOf } from "../subject.ts";

/** Container Insights of a cluster: its own setting, else what the account's setting gives to clusters that are created. */
export function containerInsightsFacts(
  cluster: Modelled<"aws_ecs_cluster">,
  context: JoinContext,
): { containerInsights: FactOf<string | null>; setsContainerInsights: FactOf<boolean> } {
  const { setting } = cluster.attributes;
  const { path } = setting;
  if (setting.value instanceof Unknown) return alike(setting.value, path);
  let open: Unknown | null = null;
  for (const entry of setting.value) {
    if (entry instanceof Unknown) open ??= entry;
    else if (entry.name.value instanceof Unknown) open ??= entry.name.value;
    else if (entry.name.value === "containerInsights")
      return {
        containerInsights: derivedFact(entry.value.value, { path: entry.value.path, sensitive: entry.value.sensitive }),
        setsContainerInsights: derivedFact(true, { path }),
      };
  }
  return open === null ? accountFacts(cluster, context) : alike(open, path);
}

function alike(unknown: Unknown, path: string, address: string | null = null) {
  return {
    containerInsights: derivedFact(unknown, { path, address }),
    setsContainerInsights: derivedFact(unknown, { path, address }),
  };
}

/** The first that is, or may be, of Container Insights. */
const insightsSetting = once((settings: readonly Modelled<"aws_ecs_account_setting_default">[]) =>
  settings.find(({ attributes: { name } }) => name.value instanceof Unknown || name.value === "containerInsights"),
);

/** Source: ECS API Reference, PutAccountSettingDefault: a setting holds for what is created after it. */
function accountFacts({ resource }: Modelled<"aws_ecs_cluster">, context: JoinContext) {
  const setting = insightsSetting(context.joins.beside("aws_ecs_account_setting_default", resource));
  if (setting !== undefined) {
    const { resource: from, attributes } = setting;
    if (attributes.name.value instanceof Unknown)
      return alike(attributes.name.value, attributes.name.path, from.address);
    const { value, path } = attributes.value;
    const isFirst = from.action === "no-op" || dependsOn(resource, from);
    const remark = `${from.address} may be set only after the cluster is created; depends_on would order them`;
    const applied: Maybe<string | null> = isFirst ? value : new Unknown("stated", [], remark);
    return {
      containerInsights: derivedFact(applied, { path, address: from.address, note: "the default of the account" }),
      setsContainerInsights: derivedFact(true, { path, address: from.address }),
    };
  }
  const note = "neither the cluster nor an account setting of this plan sets it";
  return {
    containerInsights: derivedFact("disabled", { path: "setting", note }),
    setsContainerInsights: derivedFact(false, { path: "setting", note }),
  };
}
