import { flag, list, text, word } from "./fact-schemas.ts";

/** The plan, and what a plan does to resources and shows of the configuration. */
export const planKinds = {
  plan: {
    description: "The plan itself.",
    facts: {
      isErrored: flag("Whether planning ended with errors; false where the plan does not say."),
      isComplete: flag("Whether the plan covers the whole configuration; true where the plan does not say."),
      isApplyable: flag("Whether Terraform would apply the plan; true where the plan does not say."),
      hasChanges: flag("Whether anything would change."),
      hasResourceChanges: flag("Whether the plan lists the resources that exist; true where there are none."),
      formatMajor: text("Major number of format_version."),
      hasDeferredChanges: flag("Whether Terraform puts changes off to a later plan."),
      statesCompleteness: flag(
        "Whether the plan says if it is errored, complete and applyable (Terraform 1.8 and later).",
      ),
    },
  },
  "destroyed-resource": {
    description: "A resource whose present object the apply deletes, forgets or replaces.",
    facts: {
      type: text("Type of the resource."),
      change: text("delete, forget (it stays in AWS and leaves the state) or replace."),
      staysProtected: flag(
        "Whether what it protects is protected afterwards: another resource of the plan takes its place, or deleting it changes nothing.",
      ),
      isProtectedObjectDestroyed: flag("Whether what it protects is deleted or forgotten in the same plan."),
      deletesImages: flag("Whether it is an ECR repository that is deleted with all images in it (force_delete)."),
      isRescanRule: flag(
        "Whether it is an EventBridge rule that starts a function which scans images again, by its name.",
      ),
    },
  },
  "container-definitions": {
    description: "The text of a task definition's container_definitions, as far as the plan shows it.",
    facts: {
      isReadable: flag("Whether the plan shows the containers."),
      obstacles: word(
        list(
          "What keeps them from being read: repository, parameter-arn, secret-arn, aws-assigned, other-resource, data-source, local-value, module-output, function, not-json.",
        ),
      ),
      isReadableNextTime: flag(
        "Whether all that they wait on is created by this plan, so that the next plan shows them.",
      ),
    },
  },
  "configuration-value": {
    description:
      "An argument of a provider block that is a credential, a variable of the root module, or an output. Its value is never shown.",
    facts: {
      place: word(text("provider-argument, variable or output.")),
      name: text("Name of the argument, variable or output."),
      isSecretName: flag("Whether the name is that of a secret, by secret_name_patterns and secret_name_exceptions."),
      isMarkedSensitive: flag("Whether the variable or output says sensitive = true."),
      hasSecretValue: flag(
        "Whether its value in the plan is a text that is a secret, by its name or form: no pointer, no boolean, not empty, none of mock_values.",
      ),
      hasSecretDefault: flag("The same for the default of a variable."),
      hasSecretForm: flag("Whether value or default hold something in the form of a known kind of credential."),
    },
  },
} as const;
