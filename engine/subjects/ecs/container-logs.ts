import { type Join, oneOf } from "../../joins/join.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Container } from "../../model/container-fields.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, not, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact } from "../subject.ts";

/** Where a container's output goes, and how long it is kept there. */
export function logFacts(container: Container, resource: PlanResource, context: JoinContext) {
  const { logConfiguration, firelensConfiguration } = container;
  const options = awslogsOptions(logConfiguration);
  const group = option(options, "awslogs-group", logConfiguration.path);
  const create = option(options, "awslogs-create-group", logConfiguration.path);
  const region = option(options, "awslogs-region", logConfiguration.path);
  const found = context.joins.named("aws_cloudwatch_log_group", group.value, resource, { region: region.value });
  const { path, sensitive } = group;
  const isManagedHere = found.kind === "unknown" ? found.unknown : found.kind !== "none";
  const asked = test(create.value, (text) => text !== null && isTrue(text));
  return {
    logDriver: logDriver(logConfiguration),
    isLogRouter: derivedFact(
      test(firelensConfiguration.value, (configuration) => configuration !== null),
      { path: firelensConfiguration.path },
    ),
    logGroup: group,
    isLogGroupManagedHere: derivedFact(isManagedHere, { path, note: describeJoin(found) }),
    logRetentionDays: retentionFact(found, { path, sensitive }),
    createsLogGroup: derivedFact(allOf([asked, not(isManagedHere)]), { path: create.path, note: describeJoin(found) }),
  };
}

type LogConfiguration = Container["logConfiguration"];
type Options = Exclude<Exclude<LogConfiguration["value"], Unknown | null>["options"]["value"], Unknown | null>;

function logDriver({ value, path }: LogConfiguration): Attribute<string | null> {
  if (value instanceof Unknown) return { state: "unknown", value, path: `${path}.logDriver`, sensitive: false };
  return value?.logDriver ?? { state: "unset", value: null, path, sensitive: false };
}

/** The options of the driver awslogs; null with another driver. */
function awslogsOptions(configuration: LogConfiguration): Maybe<Options | null> {
  const { value } = configuration;
  if (value === null || value instanceof Unknown) return value;
  const driver = value.logDriver.value;
  if (driver instanceof Unknown) return driver;
  return driver === "awslogs" ? value.options.value : null;
}

function option(options: Maybe<Options | null>, name: keyof Options, path: string): Attribute<string | null> {
  const at = { path: `${path}.options.${name}`, sensitive: false };
  if (options instanceof Unknown) return { ...at, state: "unknown", value: options };
  return options === null ? { ...at, state: "unset", value: null } : options[name];
}

type LogGroup = Modelled<"aws_cloudwatch_log_group">;

function describeJoin(found: Join<LogGroup>): string | null {
  if (found.kind === "none") return "no resource of this plan is the log group";
  return found.kind === "one" ? `${found.match.resource.address}, joined by ${found.by}` : null;
}

function retentionFact(found: Join<LogGroup>, from: { path: string; sensitive: boolean }) {
  if (found.kind === "one") {
    const { resource, attributes } = found.match;
    return {
      ...attributes.retention_in_days,
      address: resource.address,
      note: `joined by ${found.by}`,
    };
  }
  if (found.kind === "none") return derivedFact(0, { ...from, note: describeJoin(found) });
  return derivedFact(found.kind === "unknown" ? found.unknown : oneOf(found.matches), from);
}

/** As Docker reads the option: strconv.ParseBool of Go. */
function isTrue(text: string): boolean {
  return ["1", "t", "T", "true", "TRUE", "True"].includes(text);
}
