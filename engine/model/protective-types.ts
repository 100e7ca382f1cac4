import * as z from "zod/mini";
import { memberNode, type PlanNode } from "../plan/node.ts";
import { type Attribute, attribute } from "./attribute.ts";
import { boolean, string } from "./schemas.ts";

type Scalar = string | boolean;

/** The type of the object that a resource protects, and the attributes of it that may be named. */
export interface ProtectedType {
  readonly type: string;
  readonly names: readonly string[];
}

/** What AWS makes of a resource that keeps a protection in force. */
export interface ProtectiveType {
  /**
   * The attributes that say what it protects, each with the type of that object where it is one. None where it stands for
   * the whole account and region.
   */
  readonly keys: Readonly<Record<string, ProtectedType | null>>;
  /**
   * Whether AWS holds one such setting for each key. Two resources with equal keys are then one object, and deleting either
   * deletes it. Otherwise each is an object of its own.
   */
  readonly isOneForKey: boolean;
  /** Whether any two with equal keys protect the same; else one may cover less than the other. */
  readonly isInterchangeable: boolean;
  /** The value of an attribute with which the resource is there and protects nothing. */
  readonly off?: { readonly attribute: string; readonly value: Scalar };
  /** The value of an attribute that covers all other values of it. */
  readonly widest?: { readonly attribute: string; readonly value: Scalar };
  /** Why deleting the resource leaves the protection in force, where it does. */
  readonly staysInForce?: string;
  /** What AWS does without it, for people. */
  readonly without: string;
}

const repository: ProtectedType = { type: "aws_ecr_repository", names: ["name"] };
const secret: ProtectedType = { type: "aws_secretsmanager_secret", names: ["arn", "id", "name"] };
const detector: ProtectedType = { type: "aws_guardduty_detector", names: ["id"] };
const withId = (type: string): ProtectedType => ({ type, names: ["id"] });
const setting = { isOneForKey: true, isInterchangeable: true } as const;

/** Source: the AWS provider's documentation and source of each resource, its Delete above all. */
export const protectiveTypes: Readonly<Record<string, ProtectiveType>> = {
  aws_guardduty_detector: {
    keys: {},
    isOneForKey: false,
    isInterchangeable: true,
    off: { attribute: "enable", value: false },
    without: "GuardDuty watches the account in this region no longer, and its findings are gone",
  },
  aws_guardduty_detector_feature: {
    keys: { detector_id: detector, name: null },
    ...setting,
    staysInForce: "the provider leaves the feature as it is when the resource is deleted",
    without: "nothing changes in AWS",
  },
  aws_ecr_lifecycle_policy: {
    keys: { repository },
    ...setting,
    without: "old images of the repository stay for ever",
  },
  aws_ecr_repository_policy: {
    keys: { repository },
    ...setting,
    without: "who may use the repository is decided by IAM policies alone, and its denials are gone",
  },
  aws_ecr_registry_policy: {
    keys: {},
    ...setting,
    without: "the registry has no policy of its own",
  },
  aws_ecr_registry_scanning_configuration: {
    keys: {},
    ...setting,
    without: "the registry falls back to basic scanning without rules",
  },
  aws_flow_log: {
    keys: {
      vpc_id: withId("aws_vpc"),
      subnet_id: withId("aws_subnet"),
      eni_id: withId("aws_network_interface"),
      transit_gateway_id: withId("aws_ec2_transit_gateway"),
      transit_gateway_attachment_id: null,
    },
    isOneForKey: false,
    isInterchangeable: true,
    widest: { attribute: "traffic_type", value: "ALL" },
    without: "its traffic is recorded no longer",
  },
  aws_cloudtrail: {
    keys: {},
    isOneForKey: false,
    isInterchangeable: false,
    off: { attribute: "enable_logging", value: false },
    without: "calls to the AWS API are recorded by this trail no longer",
  },
  aws_secretsmanager_secret_rotation: {
    keys: { secret_id: secret },
    ...setting,
    without: "the secret rotates no longer",
  },
  aws_secretsmanager_secret_policy: {
    keys: { secret_arn: secret },
    ...setting,
    without: "who may read the secret is decided by IAM policies alone, and its denials are gone",
  },
  aws_iam_role_policies_exclusive: {
    keys: { role_name: { type: "aws_iam_role", names: ["name", "id"] } },
    isOneForKey: false,
    isInterchangeable: true,
    without: "policies that somebody adds to the role by hand stay there",
  },
  aws_cloudwatch_event_rule: {
    keys: { name: null, event_bus_name: null },
    ...setting,
    off: { attribute: "state", value: "DISABLED" },
    without: "what it starts is started no longer",
  },
  aws_vpc_endpoint_policy: {
    keys: { vpc_endpoint_id: withId("aws_vpc_endpoint") },
    ...setting,
    without: "the endpoint falls back to a policy that allows everything",
  },
};

const scalar = attribute(z.union([string, boolean]), { kind: "computed" });

/** An attribute of a resource of any type: as it will be, or as it is now. */
export function scalarOf(node: PlanNode, name: string): Attribute<Scalar | null> {
  return scalar.read(memberNode(node, name));
}
