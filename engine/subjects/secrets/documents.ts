import { documentInput } from "../../model/documents.ts";
import type { Modelled } from "../../model/model.ts";
import { ownMember } from "../../plan/json.ts";
import { isMadeUp } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, listIf, not } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { documentContent } from "./document-content.ts";

type Document = Modelled<"aws_ssm_document">;

/** The documents of Systems Manager, with what their sessions keep. */
export function documentSubjects(context: JoinContext): SubjectOf<"ssm-document">[] {
  return context.model.aws_ssm_document.map((document) => {
    const { resource, attributes } = document;
    const { content, permissions } = attributes;
    const { path, sensitive } = content;
    const json = documentContent(document, context);
    const at = (name: string) => ({ path: `${path}.inputs.${name}`, sensitive });
    const destinations = stores.map((store) => ({ ...store, isUsed: isWritten(documentInput(json, store.place)) }));
    const unencrypted = anyOf(
      destinations.map(({ isUsed, encrypted }) => allOf([isUsed, not(isTrue(documentInput(json, encrypted)))])),
    );
    return subject("ssm-document", resource, null, {
      name: attributes.name,
      documentType: attributes.document_type,
      sessionType: derivedFact(sessionType(json), { path: `${path}.sessionType`, sensitive }),
      logsTo: derivedFact(
        destinations.flatMap(({ name, isUsed }) => listIf(isUsed, name)),
        { path: `${path}.inputs`, sensitive },
      ),
      hasUnencryptedLogs: derivedFact(unencrypted, { path: `${path}.inputs`, sensitive }),
      isEncrypted: derivedFact(isWritten(documentInput(json, "kmsKeyId")), at("kmsKeyId")),
      sharedWith: derivedFact(sharedWith(permissions.value), { path: permissions.path }),
    });
  });
}

/** Where sessions are kept. Source: Systems Manager User Guide, "Session document schema". */
const stores = [
  { name: "s3", place: "s3BucketName", encrypted: "s3EncryptionEnabled" },
  { name: "cloudwatch", place: "cloudWatchLogGroupName", encrypted: "cloudWatchEncryptionEnabled" },
] as const;

function sessionType(json: Maybe<object>): Maybe<string | null> {
  const type = json instanceof Unknown ? json : ownMember(json, "sessionType");
  return typeof type === "string" || type instanceof Unknown ? type : null;
}

/** Whether a text is there that is not empty. One with `{{ }}` is given where a session starts. */
function isWritten(input: unknown): Maybe<boolean> {
  if (input instanceof Unknown) return isMadeUp(input) || hasKnownPart(input) ? true : input;
  if (typeof input === "string" && input.includes("{{")) return givenLater;
  return typeof input === "string" && input !== "";
}

/** Whatever is not known of it, the text has a part that is. */
function hasKnownPart({ known: { parts } }: Unknown): boolean {
  return parts?.some((part) => typeof part === "string" && part !== "") ?? false;
}

function isTrue(input: unknown): Maybe<boolean> {
  if (input instanceof Unknown) return input;
  if (typeof input === "string" && input.includes("{{")) return givenLater;
  return input === true || (typeof input === "string" && input.toLowerCase() === "true");
}

const givenLater = new Unknown("stated", [], "a parameter of the document, which is given when a session starts");

/** Source: AWS provider, aws_ssm_document, permissions: `account_ids` is `All` or a list of ids. */
function sharedWith(permissions: Document["attributes"]["permissions"]["value"]): Maybe<string>[] {
  return permissions instanceof Unknown ? [permissions] : accountsIn(ownMember(permissions, "account_ids"));
}

function accountsIn(ids: unknown): Maybe<string>[] {
  if (ids instanceof Unknown) return [ids];
  if (typeof ids !== "string") return [];
  const accounts = ids.split(",").map((id) => id.trim());
  return accounts.filter((id) => id !== "").map((id) => (id.toLowerCase() === "all" ? "*" : id));
}
