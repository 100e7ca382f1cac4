import type { SystemKind, SystemNode } from "../../../engine/index.ts";

const kinds: Readonly<Record<SystemKind, string>> = {
  "build-project": "Build project",
  cluster: "Cluster",
  function: "Function",
  image: "Image from elsewhere",
  key: "KMS key",
  "launch-point": "Service",
  "load-balancer": "Load balancer",
  "log-group": "Log group",
  policy: "IAM policy",
  repository: "Repository",
  role: "IAM role",
  secret: "Secret",
  "security-group": "Security group",
  "task-definition": "Task definition",
};

/** Types that a reader knows under a more exact word than their kind. */
const types: Readonly<Record<string, string>> = {
  aws_cloudwatch_event_target: "Event target",
  aws_ecrpublic_repository: "Public repository",
  aws_ecs_task_set: "Task set",
  aws_scheduler_schedule: "Schedule",
  aws_ssm_parameter: "Parameter",
};

export function kindWords({ type, kind }: SystemNode): string {
  const exact = type !== null && Object.hasOwn(types, type) ? types[type] : undefined;
  return exact ?? kinds[kind];
}
