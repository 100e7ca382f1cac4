import { describe, expect, it } from "vitest";
import { isSecretAttribute } from "../../engine/secrets/secret-attributes.ts";

describe("attributes that hold a secret", () => {
  it.each([
    ["aws_db_instance", "password"],
    ["aws_rds_cluster", "master_password"],
    ["aws_docdb_cluster", "master_password"],
    ["aws_redshift_cluster", "master_password"],
    ["aws_lightsail_database", "master_password"],
    ["aws_mq_broker", "user[0].password"],
    ["aws_elasticache_replication_group", "auth_token"],
    ["aws_iam_access_key", "secret"],
    ["aws_iam_access_key", "ses_smtp_password_v4"],
    ["aws_iam_service_specific_credential", "service_password"],
    ["aws_iot_certificate", "private_key"],
    ["aws_lightsail_key_pair", "private_key"],
    ["aws_cognito_user_pool_client", "client_secret"],
    ["aws_cognito_identity_provider", 'provider_details["client_secret"]'],
    ["aws_secretsmanager_secret_version", "secret_string"],
    ["aws_secretsmanager_random_password", "random_password"],
    ["aws_kms_secrets", 'plaintext["db"]'],
    ["aws_ssm_parameter", "value"],
    ["aws_ssm_parameter", "insecure_value"],
    ["aws_opensearch_domain", "advanced_security_options[0].master_user_options[0].master_user_password"],
    ["aws_cloudwatch_event_connection", "auth_parameters[0].basic[0].password"],
    ["random_password", "result"],
    ["tls_private_key", "private_key_openssh"],
    ["vault_kv_secret_v2", 'data["password"]'],
    ["vault_generic_secret", "data_json"],
    ["sops_file", 'data["db.password"]'],
    ["azurerm_key_vault_secret", "value"],
    ["google_service_account_key", "private_key"],
    ["github_app_token", "token"],
  ])("%s.%s", (type, path) => {
    expect(isSecretAttribute(type, path)).toBe(true);
  });
});

describe("attributes beside them", () => {
  it.each([
    ["aws_db_instance", "endpoint"],
    ["aws_db_instance", "password_wo_version"],
    ["aws_db_instance", "master_user_secret[0].secret_arn"],
    ["aws_rds_cluster", "master_username"],
    ["aws_mq_broker", "user[0].username"],
    ["aws_mq_broker", "instances[0].endpoints[0]"],
    ["aws_iam_access_key", "id"],
    ["aws_iam_access_key", "encrypted_secret"],
    ["aws_iot_certificate", "public_key"],
    ["aws_cognito_user_pool_client", "id"],
    ["aws_cognito_identity_provider", 'provider_details["client_id"]'],
    ["aws_secretsmanager_secret", "arn"],
    ["aws_secretsmanager_secret_version", "version_id"],
    ["aws_kms_secrets", "id"],
    ["aws_ssm_parameter", "name"],
    ["aws_lightsail_key_pair", "public_key"],
    ["random_password", "length"],
    ["random_string", "result"],
    ["tls_private_key", "public_key_openssh"],
    ["vault_kv_secret_v2", "version"],
    ["aws_ecr_repository", "repository_url"],
    ["constructor", "name"],
  ])("%s.%s", (type, path) => {
    expect(isSecretAttribute(type, path)).toBe(false);
  });
});

describe("what holds one somewhere within", () => {
  it.each([
    ["aws_iam_access_key", ""],
    ["aws_mq_broker", "user[0]"],
    ["aws_mq_broker", "user"],
    ["aws_glue_connection", "connection_properties"],
  ])("%s.%s", (type, path) => {
    expect(isSecretAttribute(type, path)).toBe(null);
  });
});
