/** What Terraform will do with a resource; `other` is a combination that this version does not know. */
export type Action = "create" | "update" | "replace" | "no-op" | "read" | "delete" | "forget" | "other";
