import { type EncryptionKey, encryptedTypes, parameterType } from "../../model/encryption.ts";
import { ownMember } from "../../plan/json.ts";
import type { Plan } from "../../plan/read.ts";
import { openReferences } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";

/** What of the plan is encrypted at rest with a key that can be chosen. */
export function encryptedObjectSubjects({ plan }: JoinContext): SubjectOf<"encrypted-object">[] {
  const awsKeys = keysOfAws(plan);
  return plan.resources.flatMap((resource) => {
    const { type, mode, isAws, willExist, action } = resource;
    const encrypted = Object.hasOwn(encryptedTypes, type) ? encryptedTypes[type] : undefined;
    if (encrypted === undefined || mode !== "managed" || !isAws || !willExist) return [];
    const keys = encrypted.keysOf(resource);
    const judged = keys.map((key) => ({ key, isCustomers: isCustomerKey(key, awsKeys) }));
    // The place that decides is the one to show.
    const first = judged.find(({ isCustomers }) => isCustomers === false) ?? judged[0];
    const isEncrypted = type === "aws_ssm_parameter" ? test(parameterType(resource).value, isSecureString) : true;
    if (first === undefined || isEncrypted === false) return [];
    const { key, encryptionType } = first.key;
    const isOwnedByAws = typeof encryptionType?.value === "string" && !encryptionType.value.startsWith("KMS");
    return subject("encrypted-object", resource, null, {
      store: derivedFact(encrypted.store),
      isEncrypted: derivedFact(isEncrypted, { path: type === "aws_ssm_parameter" ? "type" : null }),
      key: key,
      hasCustomerKey: derivedFact(allOf(judged.map(({ isCustomers }) => isCustomers)), {
        path: isOwnedByAws ? encryptionType.path : key.path,
        note: first.isCustomers === false ? noteOn(first.key, isOwnedByAws) : null,
      }),
      isExisting: derivedFact(action !== "create"),
    });
  });
}

const isSecureString = (type: string | null) => type === "SecureString";

/** `alias/aws/ssm`, alone or in an ARN. */
const awsAlias = /(?:^|:)alias\/aws\//;

function isCustomerKey({ key, encryptionType }: EncryptionKey, awsKeys: ReadonlySet<string>): Maybe<boolean> {
  return allOf([
    encryptionType === null ? true : test(encryptionType.value, (type) => type === "KMS" || type === "KMS_DSSE"),
    key.value instanceof Unknown
      ? isMadeHere(key.value)
      : key.value !== null && !awsAlias.test(key.value) && !awsKeys.has(key.value),
  ]);
}

/** What waits on keys of this plan will be one of them: nobody can make a key or an alias of AWS. */
function isMadeHere(unknown: Unknown): Maybe<boolean> {
  const open = openReferences(unknown.references);
  const isKey = open.every(
    ({ end }) =>
      "target" in end && end.target.mode === "managed" && /^aws_kms_(?:\w+_)?(?:key|alias)$/.test(end.target.type),
  );
  return open.length > 0 && isKey ? true : unknown;
}

function noteOn({ key }: EncryptionKey, isOwnedByAws: boolean): string {
  if (isOwnedByAws) return "it is encrypted with a key that AWS owns";
  return key.value === null ? "no key is written, so AWS takes its own" : "the key is one that AWS manages";
}

/** The keys that data sources found to be those of AWS: an ARN with a random id does not tell. */
function keysOfAws({ stateData }: Plan): Set<string> {
  const keys = stateData.flatMap(({ type, values }) => {
    const name = ownMember(values, "name");
    if (type === "aws_kms_alias" && typeof name === "string" && awsAlias.test(name))
      return [ownMember(values, "target_key_arn"), ownMember(values, "target_key_id"), ownMember(values, "arn")];
    if (type === "aws_kms_key" && ownMember(values, "key_manager") === "AWS")
      return [ownMember(values, "arn"), ownMember(values, "id"), ownMember(values, "key_id")];
    return [];
  });
  return new Set(keys.filter((key) => typeof key === "string"));
}
