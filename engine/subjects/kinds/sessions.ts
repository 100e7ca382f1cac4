import { flag, list, text } from "./fact-schemas.ts";

/** Kinds of documents of Systems Manager. */
export const sessionKinds = {
  "ssm-document": {
    description: "A document of Systems Manager: the preferences of Session Manager, a command, an automation.",
    facts: {
      name: text("Name of the document."),
      documentType: text("document_type: Session, Command, Automation and so on."),
      sessionType: text(
        "sessionType of a document for sessions: Standard_Stream, Port and so on; null where it has none.",
      ),
      logsTo: list("Where the input and output of sessions are kept: s3, cloudwatch."),
      hasUnencryptedLogs: flag("Whether one of these need not be encrypted."),
      isEncrypted: flag("Whether a key of KMS encrypts the sessions themselves (kmsKeyId)."),
      sharedWith: list("Ids of the accounts that the document is shared with; * for everyone."),
    },
  },
} as const;
