import { count, flag, list, text } from "./fact-schemas.ts";

/** Kinds of the network around tasks. */
export const networkKinds = {
  "security-group-rule": {
    description: "A rule of a security group, in any of the forms that Terraform has for it.",
    facts: {
      direction: text("ingress or egress."),
      publicCidrs: list("The sources (of egress the destinations) that are address ranges of the internet."),
      privateCidrs: list("The sources or destinations that are private address ranges."),
      ports: text("First and last port, 443-443; 0-65535 for all; null for protocols without ports."),
      portCount: count("How many ports those are: 65536 for all, 0 for protocols without ports."),
      isAllTraffic: flag("Whether the rule is for every protocol."),
      isSelf: flag("Whether the group itself is a source or destination."),
      isTaskGroup: flag("Whether a launch point of the plan gives the group to tasks."),
      isLoadBalancerGroup: flag("Whether a load balancer of the plan has the group."),
      isUsedGroup: flag(
        "Whether anything in the plan has the group: tasks, a load balancer or any other resource that names it.",
      ),
      launchPoints: list("Addresses of the launch points that give the group to tasks."),
      launchPointCount: count("How many launch points of the plan give the group to tasks."),
      segments: list("The values of the tag segment_tag of those launch points, or of their clusters."),
      isUndone: flag(
        "Whether the group has rules of the same direction both within itself and in resources of their own, which undo each other (NET-007).",
      ),
      servicesInRanges: list(
        "Launch points of the plan in subnets within the private ranges of the rule, those left out that have the group themselves.",
      ),
      namesWholeVpc: flag("Whether a source is the address range of a VPC of this plan, which is decided at apply."),
    },
  },
  "default-group-use": {
    description:
      "Where the default security group of a VPC counts: the group itself, launch points whose tasks get it, and VPCs in which nobody manages it.",
    facts: {
      givesTasksDefaultGroup: flag("Whether a launch point names no security group, or the default one."),
      isOpenDefaultGroup: flag("Whether the default security group has any rule."),
      isUnmanagedVpc: flag("Whether a VPC of the plan has no aws_default_security_group."),
    },
  },
  "task-subnets": {
    description: "The subnets in which a launch point runs its tasks.",
    facts: {
      launchPoint: text("Address of the launch point."),
      publicSubnets: list(
        "Addresses of its subnets that give out public addresses or have a route to an internet gateway.",
      ),
      foreignSubnets: list("Ids of its subnets that are not in the plan."),
    },
  },
  vpc: {
    description: "A VPC of the plan in which launch points run tasks.",
    facts: {
      endpoints: list(
        "The AWS services with a usable endpoint: ecr.api, s3. An interface endpoint is usable with private DNS, and S3 also through a gateway.",
      ),
      openEndpoints: list("The services whose endpoint has no policy, or one that lets everyone do everything."),
      hasFlowLogs: flag(
        "Whether an aws_flow_log of the plan records all traffic of the whole VPC, or several do together.",
      ),
    },
  },
  "security-group": {
    description: "A security group of the plan.",
    facts: {
      undoneDirections: list(
        "ingress, egress: of which the group has rules both within itself and in resources of their own.",
      ),
      separateRules: list("Addresses of the resources that hold rules of these directions."),
    },
  },
  "lb-listener": {
    description: "A listener of a load balancer.",
    facts: {
      protocol: text("HTTP, HTTPS, TLS, TCP and so on; null where it has none."),
      isInFront: flag("Whether its load balancer leads to a service of this plan."),
      forwards: flag("Whether it, or one of its rules, passes requests on to targets, or sends clients to plain HTTP."),
      sslPolicy: text("The security policy for TLS; AWS's default where none is written."),
      isInternal: flag("Whether the load balancer has private addresses only."),
    },
  },
} as const;
