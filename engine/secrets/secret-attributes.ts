/**
 * Attributes that hold a secret in clear, by type of resource, data source or ephemeral resource; parts of blocks with the
 * blocks they stand in. Source: the providers' schemas, what they mark as sensitive without certificates, public keys,
 * user names and other settings.
 */
const secretAttributes: Readonly<Record<string, readonly string[]>> = {
  // AWS
  aws_acm_certificate: ["private_key"],
  aws_alb_listener: ["default_action.authenticate_oidc.client_secret"],
  aws_alb_listener_rule: ["action.authenticate_oidc.client_secret"],
  aws_amplify_app: ["access_token", "basic_auth_credentials", "oauth_token"],
  aws_amplify_branch: ["basic_auth_credentials"],
  aws_api_gateway_api_key: ["value"],
  aws_api_gateway_domain_name: ["certificate_private_key"],
  aws_appflow_connector_profile: ["connector_profile_config.connector_profile_credentials"],
  aws_appstream_directory_config: ["service_account_credentials.account_password"],
  aws_appsync_api_key: ["key"],
  aws_chime_voice_connector_termination_credentials: ["credentials.password"],
  aws_cloudwatch_event_connection: [
    "auth_parameters.api_key.value",
    "auth_parameters.basic.password",
    "auth_parameters.oauth.client_parameters.client_secret",
  ],
  aws_codebuild_source_credential: ["token"],
  aws_codebuild_webhook: ["secret"],
  aws_codepipeline_webhook: ["authentication_configuration.secret_token"],
  aws_cognito_identity_openid_token_for_developer_identity: ["token"],
  aws_cognito_identity_provider: ["provider_details.client_secret"],
  aws_cognito_managed_user_pool_client: ["client_secret"],
  aws_cognito_user: ["password", "temporary_password"],
  aws_cognito_user_pool_client: ["client_secret"],
  aws_connect_user: ["password"],
  aws_datasync_location_fsx_windows_file_system: ["password"],
  aws_datasync_location_object_storage: ["secret_key"],
  aws_datasync_location_smb: ["password"],
  aws_db_instance: ["password"],
  aws_directory_service_directory: ["password"],
  aws_directory_service_radius_settings: ["shared_secret"],
  aws_dms_endpoint: ["kafka_settings.sasl_password", "password", "redis_settings.auth_password"],
  aws_docdb_cluster: ["master_password"],
  aws_docdbelastic_cluster: ["admin_user_password"],
  aws_ecr_authorization_token: ["authorization_token", "password"],
  aws_ecrpublic_authorization_token: ["authorization_token", "password"],
  aws_eks_cluster_auth: ["token"],
  aws_elasticache_replication_group: ["auth_token"],
  aws_elasticache_user: ["authentication_mode.passwords", "passwords"],
  aws_elasticsearch_domain: ["advanced_security_options.master_user_options.master_user_password"],
  aws_fsx_ontap_file_system: ["fsx_admin_password"],
  aws_fsx_ontap_storage_virtual_machine: ["svm_admin_password"],
  aws_fsx_windows_file_system: ["self_managed_active_directory.password"],
  aws_glue_connection: ["connection_properties.PASSWORD"],
  aws_grafana_workspace_api_key: ["key"],
  aws_grafana_workspace_service_account_token: ["key"],
  aws_iam_access_key: ["secret", "ses_smtp_password", "ses_smtp_password_v4"],
  aws_iam_server_certificate: ["private_key"],
  aws_iam_service_specific_credential: ["service_password"],
  aws_iam_user_login_profile: ["password"],
  aws_iot_certificate: ["private_key"],
  aws_kinesis_firehose_delivery_stream: [
    "http_endpoint_configuration.access_key",
    "redshift_configuration.password",
    "snowflake_configuration.key_passphrase",
    "snowflake_configuration.private_key",
  ],
  aws_kms_ciphertext: ["plaintext"],
  aws_kms_external_key: ["key_material_base64"],
  aws_kms_replica_external_key: ["key_material_base64"],
  aws_kms_secrets: ["plaintext"],
  aws_lb_listener: ["default_action.authenticate_oidc.client_secret"],
  aws_lb_listener_rule: ["action.authenticate_oidc.client_secret"],
  aws_lightsail_bucket_access_key: ["secret_access_key"],
  aws_lightsail_database: ["master_password"],
  aws_lightsail_key_pair: ["private_key"],
  aws_memorydb_user: ["authentication_mode.passwords"],
  aws_mq_broker: ["ldap_server_metadata.service_account_password", "user.password"],
  aws_opensearch_domain: ["advanced_security_options.master_user_options.master_user_password"],
  aws_opsworks_rds_db_instance: ["db_password"],
  aws_pinpoint_apns_channel: ["private_key", "token_key"],
  aws_pinpoint_gcm_channel: ["api_key", "service_json"],
  aws_quicksight_data_source: ["credentials.credential_pair.password"],
  aws_rds_cluster: ["master_password"],
  aws_redshift_cluster: ["master_password"],
  aws_redshift_cluster_credentials: ["db_password"],
  aws_redshift_hsm_configuration: ["hsm_partition_password"],
  aws_redshiftserverless_credentials: ["db_password"],
  aws_redshiftserverless_namespace: ["admin_user_password"],
  aws_sagemaker_workforce: ["oidc_config.client_secret"],
  aws_secretsmanager_random_password: ["random_password"],
  aws_secretsmanager_secret_version: ["secret_binary", "secret_string"],
  aws_sesv2_email_identity: ["dkim_signing_attributes.domain_signing_private_key"],
  aws_sns_platform_application: ["platform_credential"],
  aws_ssm_parameter: ["insecure_value", "value"],
  aws_ssm_parameters_by_path: ["values"],
  aws_storagegateway_file_system_association: ["password"],
  aws_storagegateway_gateway: ["smb_active_directory_settings.password", "smb_guest_password"],
  aws_timestreaminfluxdb_db_instance: ["password"],
  aws_transfer_certificate: ["private_key"],
  aws_transfer_server: ["host_key"],
  aws_verifiedaccess_trust_provider: ["native_application_oidc_options.client_secret", "oidc_options.client_secret"],
  aws_vpn_connection: ["customer_gateway_configuration", "tunnel1_preshared_key", "tunnel2_preshared_key"],

  // What makes secrets.
  random_bytes: ["base64", "hex"],
  random_password: ["bcrypt_hash", "result"],
  tls_private_key: ["private_key_openssh", "private_key_pem", "private_key_pem_pkcs8"],

  // What keeps them elsewhere.
  azurerm_key_vault_secret: ["value"],
  doppler_secrets: ["map"],
  google_secret_manager_secret_version: ["secret_data"],
  google_secret_manager_secret_version_access: ["secret_data"],
  infisical_secrets: ["secrets"],
  kubernetes_secret: ["binary_data", "data"],
  kubernetes_secret_v1: ["binary_data", "data"],
  local_sensitive_file: ["content", "content_base64"],
  onepassword_item: ["credential", "password"],
  sops_external: ["data", "raw"],
  sops_file: ["data", "raw"],
  vault_approle_auth_backend_role_secret_id: ["secret_id"],
  vault_aws_access_credentials: ["secret_key", "security_token"],
  vault_aws_static_access_credentials: ["secret_key"],
  vault_database_secret: ["password"],
  vault_generic_endpoint: ["write_data", "write_data_json"],
  vault_generic_secret: ["data", "data_json"],
  vault_kv_secret: ["data", "data_json"],
  vault_kv_secret_v2: ["data", "data_json"],
  vault_ldap_dynamic_credentials: ["password"],
  vault_ldap_static_credentials: ["last_password", "password"],
  vault_pki_secret_backend_cert: ["private_key"],
  vault_token: ["client_token", "wrapped_token"],
  vault_transit_decrypt: ["plaintext"],

  // Credentials of what runs beside AWS.
  auth0_client_credentials: ["client_secret"],
  azuread_application_password: ["value"],
  azuread_service_principal_password: ["value"],
  cloudflare_api_token: ["value"],
  cloudflare_tunnel: ["tunnel_token"],
  cloudflare_zero_trust_tunnel_cloudflared: ["tunnel_token"],
  confluent_api_key: ["secret"],
  datadog_api_key: ["key"],
  datadog_application_key: ["key"],
  github_app_token: ["token"],
  gitlab_deploy_token: ["token"],
  gitlab_group_access_token: ["token"],
  gitlab_personal_access_token: ["token"],
  gitlab_project_access_token: ["token"],
  gitlab_user_runner: ["token"],
  google_service_account_key: ["private_key"],
  grafana_service_account_token: ["key"],
  mongodbatlas_database_user: ["password"],
  mongodbatlas_project_api_key: ["private_key"],
  mysql_user: ["plaintext_password"],
  newrelic_api_access_key: ["key"],
  okta_app_oauth: ["client_secret"],
  postgresql_role: ["password"],
  tfe_agent_token: ["token"],
  tfe_organization_token: ["token"],
  tfe_team_token: ["token"],
};

/**
 * Whether an attribute holds a secret, by the type and the path that a reference names: `user[0].password`. Null where it
 * is a block, or the whole resource, of which a part does.
 */
export function isSecretAttribute(type: string, path: string): boolean | null {
  const attributes = Object.hasOwn(secretAttributes, type) ? (secretAttributes[type] ?? []) : [];
  const steps = stepsOf(path);
  const found = attributes.map((attribute) => commonSteps(stepsOf(attribute), steps));
  if (found.includes(true)) return true;
  return found.includes(null) ? null : false;
}

/** The names in a path and the keys of its maps, without the numbers of blocks: `user[0].password`, `data["password"]`. */
function stepsOf(path: string): readonly string[] {
  return path.match(/[^.[\]"]+(?=[.["]|$)/g) ?? [];
}

/** Whether the path leads to the secret or into it; null where it ends before. */
function commonSteps(secret: readonly string[], steps: readonly string[]): boolean | null {
  if (!steps.every((step, at) => at >= secret.length || step === secret[at])) return false;
  return steps.length >= secret.length ? true : null;
}
