import { documentInput } from "../../model/documents.ts";
import { encryptedTypes } from "../../model/encryption.ts";
import type { AnyModelled, Modelled } from "../../model/model.ts";
import { Unknown } from "../../plan/unknown.ts";
import { names } from "../names.ts";
import { inFacts, known, link, linkFrom, type Place, picture, placesOf, references, written } from "./link.ts";

const key = "aws_kms_key";

function encryptionKeys({ resource }: AnyModelled): Place[] {
  const encrypted = Object.hasOwn(encryptedTypes, resource.type) ? encryptedTypes[resource.type] : undefined;
  return (encrypted?.keysOf(resource) ?? []).flatMap(({ key: named }) => placesOf(named));
}

/** Those of sessions of ECS Exec and of the disks of tasks. */
function clusterKeys({ attributes }: Modelled<"aws_ecs_cluster">): Place[] {
  const { execute_command_configuration: sessions, managed_storage_configuration: disks } =
    attributes.configuration.only;
  const all = [sessions.only.kms_key_id, disks.only.kms_key_id, disks.only.fargate_ephemeral_storage_kms_key_id];
  return all.flatMap(placesOf);
}

const keyTypes = names.aws_kms_key.types;

/** A text that is not told has the keys that it refers to. */
function sessionKeys({ attributes }: Modelled<"aws_ssm_document">): Place[] {
  const { json, value, path } = attributes.content;
  if (json instanceof Unknown) return value instanceof Unknown ? references(value, path, keyTypes) : [];
  const input = documentInput(json, "kmsKeyId");
  return (typeof input === "string" && input !== "") || input instanceof Unknown
    ? [written(input, `${path}.inputs.kmsKeyId`)]
    : [];
}

/** What names the keys of KMS. */
export const keyLinks = {
  encryptionKey: linkFrom(
    ({ ofType }) => Object.keys(encryptedTypes).flatMap((type) => ofType(type)),
    encryptionKeys,
    key,
    picture,
  ),
  clusterKey: linkFrom(({ model }) => model.aws_ecs_cluster, clusterKeys, key, inFacts),
  sessionKey: linkFrom(({ model }) => model.aws_ssm_document, sessionKeys, key, inFacts),
  artifactKey: linkFrom(
    ({ model }) => model.aws_codepipeline,
    ({ attributes }) => known(attributes.artifact_store).flatMap((store) => placesOf(store.encryption_key.only.id)),
    key,
    inFacts,
  ),
  reportKey: linkFrom(
    ({ model }) => model.aws_codebuild_report_group,
    ({ attributes }) => placesOf(attributes.export_config.only.s3_destination.only.encryption_key),
    key,
    inFacts,
  ),
  trailKey: link("aws_cloudtrail", "kms_key_id", key, inFacts),
  volumeKey: link("aws_efs_file_system", "kms_key_id", key, inFacts),
  functionKey: link("aws_lambda_function", "kms_key_arn", key, inFacts),
  keyPolicy: link("aws_kms_key_policy", "key_id", key, inFacts),
  grantKey: link("aws_kms_grant", "key_id", key, inFacts),
  aliasKey: link("aws_kms_alias", "target_key_id", key, picture),
};

/** The links of what is encrypted with a key. */
export const keyUses = [
  "encryptionKey",
  "clusterKey",
  "sessionKey",
  "artifactKey",
  "reportKey",
  "trailKey",
  "volumeKey",
  "functionKey",
] as const;
