/** A set of actions with which a holder gets more rights than it was given. */
interface Combination {
  /** What the holder does with them, for people who read the table. */
  readonly name: string;
  /**
   * Joined by `+`. The first decides: it must be allowed on every resource. The others may come from other statements of
   * the holder.
   */
  readonly actions: string;
  readonly source: Source;
}

/**
 * Where the way is described. `rhino`: Rhino Security Labs, "AWS IAM Privilege Escalation: Methods and Mitigation" and its
 * list of methods. `bishop`: Bishop Fox, "IAM Vulnerable: Assessing the AWS Assessment Tools". `pathfinding`: Datadog,
 * pathfinding.cloud. `iam`: IAM User Guide, "Permissions boundaries for IAM entities".
 */
type Source = "rhino" | "bishop" | "pathfinding" | "iam";

const table: readonly Combination[] = [
  { name: "write a new version of a policy", actions: "iam:CreatePolicyVersion", source: "rhino" },
  { name: "go back to an older version of a policy", actions: "iam:SetDefaultPolicyVersion", source: "rhino" },
  { name: "attach a policy to a role", actions: "iam:AttachRolePolicy", source: "rhino" },
  { name: "attach a policy to a user", actions: "iam:AttachUserPolicy", source: "rhino" },
  { name: "attach a policy to a group", actions: "iam:AttachGroupPolicy", source: "rhino" },
  { name: "write the inline policy of a role", actions: "iam:PutRolePolicy", source: "rhino" },
  { name: "write the inline policy of a user", actions: "iam:PutUserPolicy", source: "rhino" },
  { name: "write the inline policy of a group", actions: "iam:PutGroupPolicy", source: "rhino" },
  { name: "join a group", actions: "iam:AddUserToGroup", source: "rhino" },
  { name: "let oneself assume a role", actions: "iam:UpdateAssumeRolePolicy+sts:AssumeRole", source: "rhino" },
  { name: "make the access key of another user", actions: "iam:CreateAccessKey", source: "rhino" },
  { name: "set a first password of another user", actions: "iam:CreateLoginProfile", source: "rhino" },
  { name: "change the password of another user", actions: "iam:UpdateLoginProfile", source: "rhino" },
  { name: "take the boundary off a role", actions: "iam:DeleteRolePermissionsBoundary", source: "iam" },
  { name: "widen the boundary of a role", actions: "iam:PutRolePermissionsBoundary", source: "iam" },
  { name: "take the boundary off a user", actions: "iam:DeleteUserPermissionsBoundary", source: "iam" },
  { name: "widen the boundary of a user", actions: "iam:PutUserPermissionsBoundary", source: "iam" },
  {
    name: "run a task definition of one's own",
    actions: "iam:PassRole+ecs:RegisterTaskDefinition+ecs:RunTask",
    source: "bishop",
  },
  {
    name: "have a service run a task definition of one's own",
    actions: "iam:PassRole+ecs:RegisterTaskDefinition+ecs:UpdateService",
    source: "pathfinding",
  },
  {
    name: "make a service of a task definition of one's own",
    actions: "iam:PassRole+ecs:RegisterTaskDefinition+ecs:CreateService",
    source: "pathfinding",
  },
  { name: "run a task with another role and command", actions: "iam:PassRole+ecs:RunTask", source: "pathfinding" },
  { name: "start a task with another role and command", actions: "iam:PassRole+ecs:StartTask", source: "pathfinding" },
  {
    name: "build with a project of one's own",
    actions: "iam:PassRole+codebuild:CreateProject+codebuild:StartBuild",
    source: "bishop",
  },
  {
    name: "build in a batch with a project of one's own",
    actions: "iam:PassRole+codebuild:CreateProject+codebuild:StartBuildBatch",
    source: "pathfinding",
  },
  {
    name: "build as another role",
    actions: "iam:PassRole+codebuild:UpdateProject+codebuild:StartBuild",
    source: "pathfinding",
  },
  {
    name: "build something else as the role of a project",
    actions: "codebuild:UpdateProject+codebuild:StartBuild",
    source: "pathfinding",
  },
  {
    name: "call a function of one's own",
    actions: "iam:PassRole+lambda:CreateFunction+lambda:InvokeFunction",
    source: "rhino",
  },
  {
    name: "have events call a function of one's own",
    actions: "iam:PassRole+lambda:CreateFunction+lambda:CreateEventSourceMapping",
    source: "rhino",
  },
  {
    name: "let others call a function of one's own",
    actions: "iam:PassRole+lambda:CreateFunction+lambda:AddPermission",
    source: "pathfinding",
  },
  { name: "replace the code of a function", actions: "lambda:UpdateFunctionCode", source: "rhino" },
  { name: "start a machine with another role", actions: "iam:PassRole+ec2:RunInstances", source: "rhino" },
  {
    name: "have a stack made with another role",
    actions: "iam:PassRole+cloudformation:CreateStack",
    source: "rhino",
  },
  {
    name: "start a development endpoint with another role",
    actions: "iam:PassRole+glue:CreateDevEndpoint",
    source: "rhino",
  },
  { name: "put one's own key on a development endpoint", actions: "glue:UpdateDevEndpoint", source: "rhino" },
  {
    name: "have a schedule act as another role",
    actions: "iam:PassRole+scheduler:CreateSchedule",
    source: "pathfinding",
  },
  {
    name: "have an event rule act as another role",
    actions: "iam:PassRole+events:PutRule+events:PutTargets",
    source: "pathfinding",
  },
  {
    name: "run a state machine of one's own",
    actions: "iam:PassRole+states:CreateStateMachine+states:StartExecution",
    source: "pathfinding",
  },
];

export const defaultCombinations: readonly string[] = table.map(({ actions }) => actions);

/** The service that a role is passed to with the actions of a service. Source: IAM User Guide, "AWS services that work with IAM". */
export const receivers: Readonly<Record<string, string>> = {
  cloudformation: "cloudformation.amazonaws.com",
  codebuild: "codebuild.amazonaws.com",
  ec2: "ec2.amazonaws.com",
  ecs: "ecs-tasks.amazonaws.com",
  events: "events.amazonaws.com",
  glue: "glue.amazonaws.com",
  lambda: "lambda.amazonaws.com",
  scheduler: "scheduler.amazonaws.com",
  states: "states.amazonaws.com",
};
