import { appliesToEveryResource, namesEveryAction } from "../../iam/actions.ts";
import { namesAnyone } from "../../iam/principals.ts";
import { isNamed } from "../../joins/join.ts";
import type { Modelled } from "../../model/model.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { launchPoints } from "../ecs/launch-points.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";

type Vpc = Modelled<"aws_vpc">;
type Endpoint = Modelled<"aws_vpc_endpoint">;

/** The VPCs in which tasks run, with the endpoints that they have. */
export function vpcSubjects(context: JoinContext): SubjectOf<"vpc">[] {
  return context.model.aws_vpc
    .filter((vpc) => hostsTasks(vpc, context))
    .map((vpc) => {
      const own = context.model.aws_vpc_endpoint.map((endpoint) => ({
        endpoint,
        belongs: isNamed(context.joins.named("aws_vpc", endpoint.attributes.vpc_id.value, endpoint.resource), vpc),
      }));
      const services = own.flatMap(({ endpoint, belongs }) =>
        serviceOf(endpoint, allOf([belongs, isUsable(endpoint)])),
      );
      const open = own.flatMap(({ endpoint, belongs }) => serviceOf(endpoint, allOf([belongs, isOpen(endpoint)])));
      return subject("vpc", vpc.resource, null, {
        endpoints: derivedFact(services, { note: "from the aws_vpc_endpoint resources of this plan" }),
        openEndpoints: derivedFact(open),
      });
    });
}

/** A VPC hosts tasks if a launch point names a subnet or a security group of it; one that only may does not count. */
function hostsTasks(vpc: Vpc, context: JoinContext): boolean {
  const isOf = (id: Maybe<string | null>, from: Endpoint["resource"]) => {
    return isNamed(context.joins.named("aws_vpc", id, from), vpc) === true;
  };
  return launchPoints(context).some(({ network, resource }) => {
    const { value } = network;
    if (value instanceof Unknown || value === null) return false;
    const subnets = elementsOf(value.subnets.value).map((id) => context.joins.named("aws_subnet", id, resource));
    const groups = elementsOf(value.securityGroups.value).map((id) =>
      context.joins.named("aws_security_group", id, resource),
    );
    return [...subnets, ...groups].some((found) => {
      const matches = found.kind === "one" ? [found.match] : found.kind === "several" ? found.matches : [];
      return matches.some((match) => isOf(match.attributes.vpc_id.value, match.resource));
    });
  });
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

/** Without a policy an endpoint lets everyone through; one statement that does is enough. */
function isOpen({ attributes }: Endpoint): Maybe<boolean> {
  if (attributes.policy.state === "unset") return true;
  const { document } = attributes.policy;
  if (document instanceof Unknown) return document;
  return anyOf([
    ...document.statements.map((statement) =>
      allOf([
        test(statement.effect, (effect) => effect === "Allow"),
        namesAnyone(statement),
        namesEveryAction(statement),
        appliesToEveryResource(statement),
        test(statement.conditions, (conditions) => conditions.length === 0),
      ]),
    ),
    document.missing ?? false,
  ]);
}
