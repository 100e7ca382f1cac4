import { encryptedTypes } from "../../model/encryption.ts";
import type { AnyModelled } from "../../model/model.ts";
import { inFacts, link, linkFrom, type Place, picture, placesOf } from "./link.ts";

function encryptionKeys({ resource }: AnyModelled): Place[] {
  const encrypted = Object.hasOwn(encryptedTypes, resource.type) ? encryptedTypes[resource.type] : undefined;
  return (encrypted?.keysOf(resource) ?? []).flatMap(({ key }) => placesOf(key));
}

/** What names the keys of KMS. */
export const keyLinks = {
  encryptionKey: linkFrom(
    ({ ofType }) => Object.keys(encryptedTypes).flatMap((type) => ofType(type)),
    encryptionKeys,
    "aws_kms_key",
    picture,
  ),
  keyPolicy: link("aws_kms_key_policy", "key_id", "aws_kms_key", inFacts),
  aliasKey: link("aws_kms_alias", "target_key_id", "aws_kms_key", picture),
};
