import { count, flag, list, text, word } from "./fact-schemas.ts";

const fargateSchemas = {
  isFargate: flag(
    "Whether the task definition asks for FARGATE; where it asks for nothing, whether a launch point of the plan runs it there.",
  ),
  isFargateOnly: flag(
    "Whether FARGATE is all that the task definition asks for; where it asks for nothing, whether every launch point of the plan runs it there.",
  ),
};

/** Kinds of task definitions and what they hold. */
export const ecsKinds = {
  "container-image": {
    description: "The image of a container, or of a Lambda function.",
    facts: {
      image: text("The image as written."),
      imageName: text("Registry host in lower case and repository, without tag and digest."),
      registry: text("Registry host in lower case; docker.io where the image names none."),
      registryKind: word(text("private-ecr, public-ecr, docker-hub or other; null for a placeholder.")),
      accountId: text("Account of a private ECR registry."),
      tag: text("Tag of the image; null where it has none."),
      digest: text("Digest of the image; null where it has none."),
      hasFloatingVersionTag: flag(
        "Whether others publish the image, and its tag is a version without its last part, as 1, 1.27 or 18-alpine.",
      ),
      isPlaceholder: flag("Whether the image is empty or no image name, as <IMAGE1_NAME> of CodeDeploy."),
      isRepositoryManagedHere: flag("Whether the repository of the image is in the plan."),
      isTagMutable: flag(
        "Whether the repository of the image is in the plan and lets the tag move; false for copies of a pull-through cache, whose tags ECR has to move.",
      ),
      galleryPublisher: text(
        "Alias of the publisher in the ECR Public Gallery, also where the image is a cached copy; null for other images.",
      ),
      versionConsistency: text(
        "versionConsistency of the container; enabled where it is not set, null outside of one.",
      ),
      service: word(text("The service that runs the image: ecs or lambda.")),
      containerName: text("Name of the container."),
    },
  },
  container: {
    description: "A container of a task definition, sidecars included.",
    facts: {
      name: text("Name of the container."),
      image: text("The image as written."),
      user: text("user as written; null where it is not set."),
      isRootUser: flag("Whether user is root by name or number; on Windows, ContainerAdministrator."),
      isRootGroup: flag("Whether the group of user is root by name or number."),
      privileged: flag("privileged; false where it is not set."),
      readonlyRootFilesystem: flag("readonlyRootFilesystem; false where it is not set."),
      operatingSystem: word(text("LINUX or WINDOWS, from runtime_platform; LINUX where it is not set.")),
      ...fargateSchemas,
      executeCommandEnabled: flag("Whether a service of the plan that runs the container enables ECS Exec."),
      addedCapabilities: list("linuxParameters.capabilities.add in upper case, without CAP_."),
      nearHostCapabilities: list(
        "Those added capabilities that come close to the rights of the host: ALL, SYS_ADMIN, SYS_MODULE, SYS_PTRACE, NET_ADMIN, SYS_RAWIO, DAC_READ_SEARCH, BPF.",
      ),
      droppedCapabilities: list("linuxParameters.capabilities.drop in upper case, without CAP_."),
      devices: list("Paths of the host's devices in linuxParameters.devices."),
      securityOptions: list("dockerSecurityOptions in lower case, name and value parted by a colon."),
      hostSystemControls: list("Namespaces of systemControls that change the kernel: kernel.*, net.ipv4.ip_forward."),
      logDriver: text("logConfiguration.logDriver; null where it is not set."),
      isLogRouter: flag("Whether the container has a firelensConfiguration: it routes the logs of the others."),
      logGroup: text("awslogs-group; null where it is not set, and with another driver than awslogs."),
      isLogGroupManagedHere: flag("Whether the log group is in the plan."),
      logRetentionDays: word(
        count("retention_in_days of the log group, where the plan has it; 0 means that logs never expire. Else 0."),
      ),
      createsLogGroup: flag("Whether awslogs-create-group lets the task create a log group that is not in the plan."),
      ports: list("The ports that portMappings open, as ranges: 8080-8080."),
      startsRemoteShell: flag("Whether entryPoint or command starts sshd, dropbear, xrdp or telnetd."),
      interactive: flag("interactive; false where it is not set."),
      pseudoTerminal: flag("pseudoTerminal; false where it is not set."),
    },
  },
  "environment-variable": {
    description: "An environment variable of a container. Its value is never shown.",
    facts: {
      name: text("Name of the variable."),
      isSecretName: flag("Whether the name is that of a secret, by secret_name_patterns and secret_name_exceptions."),
      valueKind: word(
        text("What the value looks like: reference, empty, boolean, method (a way to sign in), small-integer or text."),
      ),
      containerName: text("Name of the container."),
    },
  },
  "task-volume": {
    description: "A volume of a task definition.",
    facts: {
      name: text("Name of the volume."),
      hostPath: text(
        "Path of the host that the volume binds, by host_path or by driver_opts of the local Docker driver; . and .. resolved, without a slash at the end. Null where it binds none.",
      ),
      isReadOnly: flag("Whether containers mount the volume, and all of them read-only."),
      isSharedAcrossTasks: flag(
        "Whether it is a Docker volume with scope shared that Docker creates where it is missing.",
      ),
      ...fargateSchemas,
      isEfs: flag("Whether it is a volume of Elastic File System."),
      efsTransitEncryption: text("transit_encryption of the EFS volume; DISABLED where it is not set."),
      efsIamAuthorization: text("iam of its authorization_config; DISABLED where it is not set."),
      efsAccessPoint: text("access_point_id of its authorization_config; null where it is not set."),
    },
  },
  "task-definition": {
    description: "An ECS task definition.",
    facts: {
      family: text("Family of the task definition."),
      networkMode: text(
        "network_mode; where it is not set, what AWS takes: awsvpc on Fargate, bridge on EC2, default on Windows.",
      ),
      pidMode: text("pid_mode; null where it is not set."),
      ipcMode: text("ipc_mode; null where it is not set."),
      operatingSystem: word(text("LINUX or WINDOWS; LINUX where it is not set.")),
      compatibilities: list("requires_compatibilities."),
      isExternalOnly: flag("Whether EXTERNAL (ECS Anywhere) is the only compatibility that it asks for."),
      launchTypes: list("Launch types of the services, task sets, rules and schedules of the plan that run it."),
      runsOnInstances: flag(
        "Whether instances of the team's own may run it, by its launch points, else by requires_compatibilities.",
      ),
      containerCount: count("How many containers it has."),
      outsideImages: list(
        "Images of its containers that come from no private registry of ECR, as far as they are named.",
      ),
      hasTaskRole: flag("Whether task_role_arn is set."),
      hasExecutionRole: flag("Whether execution_role_arn is set."),
      rolesAreSame: flag("Whether task_role_arn and execution_role_arn are both set and name one role."),
    },
  },
} as const;
