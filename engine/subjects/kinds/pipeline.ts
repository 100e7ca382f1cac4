import { flag, list, text, word } from "./fact-schemas.ts";

/** Facts of projects that several kinds have. */
const buildFacts = {
  isImageBuilding: flag(
    "Whether the project builds images: its commands do, its role may push, or image_build_projects names it.",
  ),
};

/** Kinds of build projects and of what they hold. */
export const pipelineKinds = {
  "codebuild-project": {
    description: "A build project of CodeBuild, with what the commands of its buildspec do where the plan shows them.",
    facts: {
      ...buildFacts,
      name: text("Name of the project."),
      canPush: flag("Whether the service role may push images to ECR (ecr:PutImage), at times at least."),
      privileged: flag("privileged_mode; false where it is not set."),
      sourceType: text("Type of the source: GITHUB, CODEPIPELINE, NO_SOURCE and so on."),
      sourceLocation: text("Location of the source, without user information."),
      buildspecPlace: word(text("inline, s3, or repository where the buildspec comes with the source.")),
      buildsOutsideChanges: flag(
        "Whether a webhook of the plan lets pull requests of anybody start a build, without a limit on who opened them and without approval.",
      ),
      vulnerabilityScanners: list(
        "Tools that scan for vulnerabilities and fail on what they find: trivy, grype, snyk, docker-scout, or wrapper for what scanner_wrappers names.",
      ),
      failingSeverities: list("Severities of vulnerabilities on which a scan fails."),
      leavesOutFindings: flag("Whether a scan is configured to leave findings out, unfixed ones for instance."),
      configurationScanners: list(
        "Tools that check the image's configuration and fail on what they find: dockle, trivy, docker-bench, hadolint, or wrapper for what config_scanner_wrappers names.",
      ),
      configurationFailureLevel: text("The lowest level on which such a check fails: info, warn or fatal."),
      allowsRootUser: flag("Whether a check is configured to ignore root users (CIS-DI-0001)."),
      failingScanners: list("All tools that scan and fail on what they find."),
      scanStopsBuild: flag(
        "Whether, of each sort of scan that there is, one fails the build: nothing hides its failure and nothing lets it be left out.",
      ),
      unguardedPushes: list("Images, as written, that are pushed although a scan has failed or has not run yet."),
      visibility: text("project_visibility; PRIVATE where it is not set."),
      skipsCertificateCheck: flag("Whether a source has insecure_ssl."),
      usesPlainHttp: flag("Whether the location of a source begins with http://."),
      hasUnencryptedArtifacts: flag("Whether artifacts are stored with encryption_disabled."),
      hasUnencryptedLogs: flag("Whether logs are written to S3 with encryption_disabled."),
      hasLogs: flag("Whether logs are written to CloudWatch or S3."),
    },
  },
  "pipeline-value": {
    description:
      "A value that a build project or a Lambda function holds: a variable, the location of a source, the text of a buildspec. It is never shown.",
    facts: {
      place: word(text("codebuild-variable, buildspec-variable, buildspec-text, source-location or lambda-variable.")),
      name: text("Name of the variable; null where it is none."),
      store: word(
        text(
          "Where the value is kept: clear where it stands in the project or function itself, plain-parameter or secure-parameter for an SSM parameter of this plan, elsewhere for Secrets Manager and for parameters of other plans.",
        ),
      ),
      isSecretName: flag(
        "Whether the name, or that of the parameter it is filled from, is that of a secret, by secret_name_patterns and secret_name_exceptions.",
      ),
      valueKind: word(
        text("What the value looks like: reference, empty, boolean, method (a way to sign in), small-integer or text."),
      ),
      holdsSecretForm: flag("Whether the value holds something in the form of a credential."),
      isSensitive: flag("Whether the plan marks the value as sensitive."),
      refersToSecret: flag(
        "Whether the value waits on an attribute that holds a secret, a generated password for instance.",
      ),
    },
  },
  "image-signature-point": {
    description: "Where images can be signed or their signatures verified: a build project or an ECS service.",
    facts: {
      ...buildFacts,
      place: word(text("project or service.")),
      assurances: list(
        "What signs or verifies in the build: content-trust where Docker's content trust holds for every docker build, pull, push and run; commands whose failure fails the build, notation sign, notation verify, cosign sign and so on; signing-profile where the plan has one of AWS Signer for images, or ECR's managed signing.",
      ),
      verificationHooks: list("Names of the Lambda functions that lifecycle hooks of the service call (provider 6)."),
    },
  },
  "codebuild-webhook-filter-group": {
    description: "A group of filters of a webhook that starts builds; each lets events in by itself.",
    facts: {
      projectCanPush: flag("Whether the service role of the project may push images to ECR."),
      hasFilters: flag("Whether there is a filter at all."),
      events: list("Events that start a build."),
      limitsActors: flag("Whether a filter names the accounts (ACTOR_ACCOUNT_ID) whose events count, each of them."),
      openPatterns: list(
        "Patterns for accounts, branches or repositories that are not anchored with ^ and $, or that have a run of any characters.",
      ),
      commentApproval: text(
        "Which pull requests wait for approval: ALL_PULL_REQUESTS, FORK_PULL_REQUESTS, DISABLED (provider 6).",
      ),
    },
  },
} as const;
