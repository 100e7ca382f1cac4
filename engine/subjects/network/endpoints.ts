import { appliesToEveryResource, namesEveryAction } from "../../iam/actions.ts";
import { namesAnyone } from "../../iam/principals.ts";
import { anyStatement, isAllow } from "../../iam/statements.ts";
import type { Join } from "../../joins/join.ts";
import type { Joins } from "../../joins/joins.ts";
import { anySource, namersOf } from "../../joins/reverse.ts";
import type { Modelled } from "../../model/model.ts";
import type { PolicyText } from "../../model/policy-text.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";

type Vpc = Modelled<"aws_vpc">;
type Endpoint = Modelled<"aws_vpc_endpoint">;

/** The VPCs in which tasks run, with the endpoints that they have. */
export function vpcSubjects(context: JoinContext): SubjectOf<"vpc">[] {
  const { model, joins } = context;
  const hosts = vpcsOfTasks(joins);
  return model.aws_vpc
    .filter((vpc) => hosts.has(vpc))
    .map((vpc) => {
      const own = namersOf(joins.to(vpc, "endpointVpc"));
      const services = own.flatMap(({ source: endpoint, names }) =>
        serviceOf(endpoint, allOf([names, isUsable(endpoint)])),
      );
      const open = own.flatMap(({ source: endpoint, names }) =>
        serviceOf(endpoint, allOf([names, isOpen(endpoint, joins)])),
      );
      return subject("vpc", vpc.resource, null, {
        endpoints: derivedFact(services, { note: "from the aws_vpc_endpoint resources of this plan" }),
        openEndpoints: derivedFact(open),
        hasFlowLogs: derivedFact(allOf(["ACCEPT", "REJECT"].map((traffic) => records(vpc, traffic, joins))), {
          note: "by the aws_flow_log resources of this plan",
        }),
      });
    });
}

/** Whether a flow log of the VPC records traffic that is let through, or that is refused. */
function records(vpc: Vpc, traffic: string, joins: Joins): Maybe<boolean> {
  return anySource(joins.to(vpc, "flowLogVpc"), ({ attributes }) =>
    test(attributes.traffic_type.value, (type) => type === traffic || type === "ALL"),
  );
}

/** A VPC hosts tasks if a launch point names a subnet or a security group of it; one that only may does not count. */
function vpcsOfTasks(joins: Joins): ReadonlySet<Vpc> {
  const launches = joins.launches();
  const subnets = new Set(launches.flatMap((launch) => joins.each(launch, "launchSubnets").flatMap(matchesOf)));
  const groups = new Set(launches.flatMap((launch) => joins.each(launch, "launchGroups").flatMap(matchesOf)));
  const vpcs = [
    ...[...subnets].map((subnet) => joins.from(subnet, "subnetVpc")),
    ...[...groups].map((group) => joins.from(group, "groupVpc")),
  ];
  return new Set(vpcs.flatMap((vpc) => (vpc.kind === "one" ? [vpc.match] : [])));
}

function matchesOf<C>({ join }: { readonly join: Join<C> }): readonly C[] {
  return join.kind === "one" ? [join.match] : join.kind === "several" ? join.matches : [];
}

/** `com.amazonaws.eu-west-1.ecr.api` to `ecr.api`; an unknown where it cannot be told whether there is one. */
function serviceOf({ attributes }: Endpoint, holds: Maybe<boolean>): Maybe<string>[] {
  if (holds === false) return [];
  const name = attributes.service_name.value;
  if (name instanceof Unknown) return [name];
  const service = name?.replace(/^(?:[a-z-]+\.)*amazonaws\.[a-z0-9-]+\./, "") ?? "";
  return [holds instanceof Unknown ? holds : service];
}

/**
 * An interface endpoint without private DNS is not what tasks reach under the service's own name; gateways exist for S3 and
 * DynamoDB only, so another one is a mistake. Source: AWS PrivateLink Guide.
 */
function isUsable({ attributes }: Endpoint): Maybe<boolean> {
  return anyOf([
    allOf([
      test(attributes.vpc_endpoint_type.value, (type) => type === "Interface"),
      attributes.private_dns_enabled.value ?? false,
    ]),
    allOf([
      test(attributes.vpc_endpoint_type.value, (type) => type === "Gateway"),
      test(attributes.service_name.value, (name) => /\.(?:s3|dynamodb)$/.test(name ?? "")),
    ]),
  ]);
}

/** By the policy that a resource of its own sets, or else by its own. */
function isOpen(endpoint: Endpoint, joins: Joins): Maybe<boolean> {
  const { certain, possible } = joins.to(endpoint, "endpointPolicy");
  const [set] = certain;
  if (set !== undefined) return letsEveryoneThrough(set.source.attributes.policy);
  const own = letsEveryoneThrough(endpoint.attributes.policy);
  const other = possible.find(({ source }) => letsEveryoneThrough(source.attributes.policy) !== own);
  return other === undefined ? own : other.unknown;
}

/** Without a policy an endpoint lets everyone through; one statement that does is enough. */
function letsEveryoneThrough({ state, document }: PolicyText): Maybe<boolean> {
  if (state === "unset") return true;
  return anyStatement(document, (statement) =>
    allOf([
      isAllow(statement),
      namesAnyone(statement),
      namesEveryAction(statement),
      appliesToEveryResource(statement),
      test(statement.conditions, (conditions) => conditions.length === 0),
    ]),
  );
}
