import { count, flag, grantFacts, list, statementFacts, text, word } from "./fact-schemas.ts";

/** Kinds of keys of KMS, of their policies, and of what is encrypted with them. */
export const kmsKinds = {
  "encrypted-object": {
    description: "What AWS encrypts where it is stored, with a key of the team's own or of AWS.",
    facts: {
      store: text("ecr, creation-template, securestring, secret, log-group or codebuild."),
      isEncrypted: flag("Whether it is encrypted at all: a parameter is where its type is SecureString."),
      key: text("The key as written; null where none is, or where AWS chose its own."),
      hasCustomerKey: flag("Whether it is encrypted with a key that the team manages."),
      isExisting: flag("Whether it exists already."),
    },
  },
  "kms-key": {
    description: "A key of KMS that the plan manages.",
    facts: {
      origin: word(text("own for a key whose material KMS makes, else external, replica or key-store.")),
      keySpec: text(
        "Specification of the key: SYMMETRIC_DEFAULT, RSA_2048; null for a replica or one with imported material.",
      ),
      rotates: flag("Whether KMS rotates its material by itself."),
      rotationDays: count("The days between two rotations, where KMS rotates it."),
      isEnabled: flag("Whether the key can be used."),
      deletionDays: count("The days that AWS waits before it deletes the key, once somebody deletes it."),
      isUsed: flag(
        "Whether images, secrets, parameters, logs, sessions, disks or builds of the plan are encrypted with it.",
      ),
      usedBy: list("Their addresses, as far as the plan tells."),
      isManageable: flag("Whether its policy lets anybody of the own account change that policy."),
      bypassesLockoutCheck: flag(
        "bypass_policy_lockout_safety_check: whether KMS takes a policy that locks everybody out.",
      ),
    },
  },
  "key-policy-statement": {
    description: "A statement of the policy of a KMS key, or a grant of one.",
    facts: {
      setBy: word(text("policy or grant.")),
      ...statementFacts,
      ...grantFacts,
      grantsKeyActions: flag("Whether any action of KMS is among the statement's actions."),
      callersOutsideAccounts: list(
        "Those whom it lets in that are neither roles of this plan nor of the own accounts; a service where no condition (aws:SourceAccount, aws:SourceArn, aws:SourceOrgID, kms:EncryptionContext) binds it to these; * for everyone.",
      ),
      isForServicesOnly: flag("Whether all principals are services of AWS."),
    },
  },
} as const;
