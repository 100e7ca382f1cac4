import { flag, text } from "./fact-schemas.ts";

/** Kinds of what is encrypted with a key of KMS. */
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
} as const;
