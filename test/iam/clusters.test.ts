import { expect, it } from "vitest";
import { changesCluster, clustersOf, isOneCluster } from "../../engine/iam/clusters.ts";
import { grantedActions, selectFrom } from "../../engine/iam/granted-actions.ts";
import { later, shown, statement } from "./statement.ts";

const arn = "arn:aws:ecs:eu-west-1:111122223333";

it.each<[object, unknown, unknown, string]>([
  [{ Action: "ecs:UpdateService", Resource: `${arn}:service/dev/*` }, ["dev"], true, "the cluster stands in the ARN"],
  [{ Action: "ecs:UpdateService", Resource: `${arn}:service/*` }, ["*"], false, "every service of every cluster"],
  [{ Action: "ecs:UpdateService", Resource: `${arn}:service/api` }, ["*"], false, "the short format has no cluster"],
  [{ Action: "ecs:UpdateService", Resource: `${arn}:service/dev-*/*` }, ["dev-*"], false, "clusters with a prefix"],
  [{ Action: "ecs:UpdateService", Resource: "*" }, ["*"], false, "everything"],
  [{ Action: "ecs:UpdateService", Resource: "arn:aws:ecs:*" }, ["*"], false, "everything of ECS"],
  [{ Action: "ecs:UpdateService", Resource: "arn:aws:s3:::dev/*" }, [], false, "nothing of ECS"],
  [{ Action: "ecs:UpdateService", Resource: `${arn}:task/dev/*` }, [], false, "tasks are no services"],
  [{ Action: "ecs:DeleteCluster", Resource: `${arn}:cluster/dev` }, ["dev"], true, "the cluster itself"],
  [{ Action: "ecs:UpdateService", NotResource: `${arn}:service/dev/*` }, ["*"], false, "all clusters but one"],
  [
    { Action: "ecs:RunTask", Resource: `${arn}:task-definition/a:*` },
    ["*"],
    false,
    "a task definition is for all clusters",
  ],
  [
    { Action: "ecs:RunTask", Resource: "*", Condition: { ArnEquals: { "ecs:cluster": `${arn}:cluster/dev` } } },
    ["dev"],
    true,
    "the condition names one",
  ],
  [
    { Action: "ecs:RunTask", Resource: "*", Condition: { ArnEqualsIfExists: { "ecs:cluster": `${arn}:cluster/dev` } } },
    ["*"],
    false,
    "a condition that a missing key passes names none",
  ],
  [
    {
      Action: "ecs:UpdateService",
      Resource: `${arn}:service/dev/*`,
      Condition: { ArnLike: { "ecs:cluster": [`${arn}:cluster/dev`, `${arn}:cluster/prod`] } },
    },
    ["dev"],
    true,
    "condition and ARN must both hold",
  ],
  [{ Action: "ecs:RegisterTaskDefinition", Resource: "*" }, [], false, "task definitions are outside of clusters"],
  [{ Action: "ecs:CreateCluster", Resource: "*" }, [], false, "there is no cluster yet"],
  [{ Action: "ecs:DescribeServices", Resource: "*" }, [], false, "reading changes nothing"],
  [{ Action: "ecs:UpdateService", Resource: later }, ["unknown"], "unknown", "the resource is unknown"],
  [{ Action: "ecs:UpdateService", Resource: ["*", later] }, ["*", "unknown"], false, "whatever the other is"],
])("%j is for the clusters %j, one: %s, as %s", (members, expected, isOne) => {
  const subject = statement(members);
  const sets = grantedActions(subject).sets.flatMap((set) => selectFrom(set, changesCluster) ?? []);
  const clusters = clustersOf(subject, sets, (unknown) => unknown);
  expect([shown(clusters), Array.isArray(clusters) ? shown(isOneCluster(clusters)) : null]).toEqual([expected, isOne]);
});
