import * as z from "zod";
import { flag, list, text } from "./fact-schemas.ts";

/** Kinds of task definitions and what they hold. */
export const ecsKinds = {
  "container-image": {
    description: "The image of a container, or of a Lambda function.",
    facts: z.object({
      image: text("The image as written."),
      imageName: text("Registry host in lower case and repository, without tag and digest."),
      registry: text("Registry host in lower case; docker.io where the image names none."),
      registryKind: text("private-ecr, public-ecr, docker-hub or other; null for a placeholder."),
      accountId: text("Account of a private ECR registry."),
      isPlaceholder: flag("Whether the image is empty or no image name, as <IMAGE1_NAME> of CodeDeploy."),
      containerName: text("Name of the container."),
    }),
  },
  container: {
    description: "A container of a task definition, sidecars included.",
    facts: z.object({
      name: text("Name of the container."),
      image: text("The image as written."),
      user: text("user as written; null where it is not set."),
      isRootUser: flag("Whether user is root by name or number; on Windows, ContainerAdministrator."),
      isRootGroup: flag("Whether the group of user is root by name or number."),
      privileged: flag("privileged; false where it is not set."),
      readonlyRootFilesystem: flag("readonlyRootFilesystem; false where it is not set."),
      operatingSystem: text("LINUX or WINDOWS, from runtime_platform; LINUX where it is not set."),
      isFargate: flag("Whether the task definition asks for FARGATE compatibility."),
      executeCommandEnabled: flag("Whether a service of the plan that runs the container enables ECS Exec."),
    }),
  },
  "environment-variable": {
    description: "An environment variable of a container. Its value is never shown.",
    facts: z.object({
      name: text("Name of the variable."),
      isSecretName: flag("Whether the name is that of a secret, by secret_name_patterns and secret_name_exceptions."),
      valueKind: text("What the value looks like: reference, empty, boolean, small-integer or text."),
      containerName: text("Name of the container."),
    }),
  },
  "task-definition": {
    description: "An ECS task definition.",
    facts: z.object({
      family: text("Family of the task definition."),
      networkMode: text(
        "network_mode; where it is not set, what AWS takes: awsvpc on Fargate, bridge on EC2, default on Windows.",
      ),
      pidMode: text("pid_mode; null where it is not set."),
      ipcMode: text("ipc_mode; null where it is not set."),
      operatingSystem: text("LINUX or WINDOWS; LINUX where it is not set."),
      compatibilities: list("requires_compatibilities."),
      isExternalOnly: flag("Whether EXTERNAL (ECS Anywhere) is the only compatibility that it asks for."),
      launchTypes: list("Launch types of the services, task sets, rules and schedules of the plan that run it."),
      runsOnInstances: flag(
        "Whether instances of the team's own may run it, by its launch points, else by requires_compatibilities.",
      ),
      hasTaskRole: flag("Whether task_role_arn is set."),
      hasExecutionRole: flag("Whether execution_role_arn is set."),
      rolesAreSame: flag("Whether task_role_arn and execution_role_arn are both set and name one role."),
    }),
  },
} as const;
